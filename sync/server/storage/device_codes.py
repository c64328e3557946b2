"""One-time codes of computers, kept beside the links of pages, and the identity a code is changed into."""

from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from sync.server.storage.devices import Device
from sync.server.storage.page_tables import page_enrolment
from sync.server.storage.tables import device


@dataclass(frozen=True, slots=True)
class Offer:
    """A device that waits for its computer; ``used_ms`` is when one came, in UTC milliseconds."""

    device: Device
    token_hash: str
    expires_ms: int
    used_ms: int | None


_OFFERS = select(
    device.c.hall,
    device.c.device,
    device.c.role,
    device.c.window,
    page_enrolment.c.token_hash,
    page_enrolment.c.expires_ms,
    page_enrolment.c.used_ms,
).join(page_enrolment, (page_enrolment.c.hall == device.c.hall) & (page_enrolment.c.device == device.c.device))


def offers(connection: Connection) -> list[Offer]:
    """Return every offer that is kept, links of pages too: a handful, for each lives shortly."""
    return [
        Offer(Device(row.hall, row.device, row.role, row.window), row.token_hash, row.expires_ms, row.used_ms)
        for row in connection.execute(_OFFERS)
    ]


def use(connection: Connection, offer: Offer, now_ms: int) -> bool:
    """Mark an offer as used; False when another computer was faster."""
    of = page_enrolment.c
    return bool(
        connection.execute(
            update(page_enrolment)
            .where(of.hall == offer.device.hall, of.token_hash == offer.token_hash, of.used_ms.is_(None))
            .values(used_ms=now_ms)
        ).rowcount
    )


def give(connection: Connection, of: Device, token_hash: str, public_key: str) -> None:
    """Let the device be the computer with this token and key; the computer it was before is out."""
    connection.execute(
        update(device)
        .where(device.c.hall == of.hall, device.c.device == of.device)
        .values(token_hash=token_hash, public_key=public_key, window=of.window)
    )


def public_key(connection: Connection, hall: str, device_id: str) -> str | None:
    """Return the key the device enrolled with; None for one that was set up without a code."""
    found: str | None = connection.execute(
        select(device.c.public_key).where(device.c.hall == hall, device.c.device == device_id)
    ).scalar()
    return found
