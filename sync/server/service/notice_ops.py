"""What a window says about one-time notices that began no case: the log is their register."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.operation import Operation
from app.domain.rights import Act, Role, may
from app.domain.work.supplement import AddingReason
from sync.server.service.desk import Desk, Parked, Reason, payload_of
from sync.server.service.rating import Service, invite
from sync.server.storage import cases, clerks
from sync.server.storage.clerks import Profile
from sync.server.storage.feed import Change

MAX_DEPARTMENT = 32
"""Characters of an id: of a department, of a material."""
_NUMBER = re.compile(r"GZ[0-9]{8}-([0-9]{4})-[0-9]{4}")


@dataclass(frozen=True, slots=True)
class _Issued:
    number: str
    window: str
    counter: str
    item_id: str
    catalogue_version: int
    answers: Mapping[str, str]
    department: str
    rating_token: str


@dataclass(frozen=True, slots=True)
class _Extended:
    case_no: str
    material: str
    reason: AddingReason
    manager: str
    at_ms: int


def notice_issued(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Keep the record of a notice given under a number of the counter's own series; its service may be rated."""
    issued = payload_of(operation, _Issued)
    number = _NUMBER.fullmatch(issued.number)
    if number is None or number[1] != desk.counter:
        raise Parked(Reason.MALFORMED_PAYLOAD)
    if len(issued.department) > MAX_DEPARTMENT or not issued.department.isprintable():
        raise Parked(Reason.MALFORMED_PAYLOAD)
    if (operation.entity_id, issued.window, issued.counter) != (issued.number, desk.window, desk.counter):
        raise Parked(Reason.MALFORMED_PAYLOAD)
    service = Service(issued.number, issued.department, issued.rating_token, operation.wall_ms)
    invite(desk, service, actor.clerk)
    return []


def notice_extended(desk: Desk, operation: Operation, _actor: Profile) -> list[Change]:
    """Keep which material the floor manager allowed beyond a notice; the log is the register of second supplements."""
    reason = _not_allowed(desk, operation)
    if reason is not None:
        raise Parked(reason)
    return []


def allowed(desk: Desk, operation: Operation) -> bool:
    """Say whether a ``notice.extended`` is a floor manager's consent to a material of a notice given here."""
    try:
        return _not_allowed(desk, operation) is None
    except Parked:
        return False


def _not_allowed(desk: Desk, operation: Operation) -> Reason | None:
    extended = payload_of(operation, _Extended)
    case = cases.get(desk.connection, desk.hall, operation.entity_id)
    if case is None or case.case_no != extended.case_no or case.window != desk.window:
        return Reason.MALFORMED_PAYLOAD
    manager = clerks.get(desk.connection, desk.hall, extended.manager)
    if manager is None or not may(map(Role, manager.roles), Act.ALLOW_ADDING):
        return Reason.FORBIDDEN_ACTOR
    if not 0 < len(extended.material) <= MAX_DEPARTMENT:
        return Reason.MALFORMED_PAYLOAD
    return None
