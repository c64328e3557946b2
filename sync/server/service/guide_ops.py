"""What a window says of the service guides it gave out; the log is their register (domain rule I16)."""

from dataclasses import dataclass

from app.domain.operation import Operation
from sync.server.service.desk import Desk, Parked, Reason, payload_of
from sync.server.storage import catalogue
from sync.server.storage.clerks import Profile
from sync.server.storage.feed import Change


@dataclass(frozen=True, slots=True)
class _Printed:
    item_id: str
    catalogue_version: int


def guide_printed(desk: Desk, operation: Operation, _actor: Profile) -> list[Change]:
    """Keep the record that the guide of an item was printed, of a version that has this item."""
    said = payload_of(operation, _Printed)
    version = catalogue.get(desk.connection, desk.hall, said.catalogue_version)
    published = version is not None and version.approved_by is not None
    known = version is not None and any(each["id"] == said.item_id for each in version.document.get("items", ()))
    if operation.entity != "guide" or not published or not known:
        raise Parked(Reason.MALFORMED_PAYLOAD)
    return []
