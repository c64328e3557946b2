"""One-time enrolment links and the cookies they are changed into; of both only the hash is kept."""

from sqlalchemy import Connection, bindparam, delete, insert, select

from sync.server.storage.devices import Device
from sync.server.storage.page_tables import page_cookie, page_enrolment
from sync.server.storage.tables import device

_DEVICE = (device.c.hall, device.c.device, device.c.role, device.c.window)
_BY_COOKIE = (
    select(*_DEVICE)
    .join(page_cookie, (page_cookie.c.hall == device.c.hall) & (page_cookie.c.device == device.c.device))
    .where(page_cookie.c.cookie_hash == bindparam("of_cookie"))
)
_BY_LINK = (
    select(*_DEVICE)
    .join(page_enrolment, (page_enrolment.c.hall == device.c.hall) & (page_enrolment.c.device == device.c.device))
    .where(page_enrolment.c.token_hash == bindparam("of_token"), page_enrolment.c.expires_ms > bindparam("now_ms"))
)


def get(connection: Connection, hall: str, device_id: str) -> Device | None:
    """Return a device by its name."""
    row = connection.execute(select(*_DEVICE).where(device.c.hall == hall, device.c.device == device_id)).first()
    return Device(*row) if row else None


def add_link(connection: Connection, of: Device, token_hash: str, expires_ms: int) -> None:
    """Keep a link for the device; an earlier one that nobody used ends."""
    connection.execute(
        delete(page_enrolment).where(page_enrolment.c.hall == of.hall, page_enrolment.c.device == of.device)
    )
    connection.execute(
        insert(page_enrolment).values(hall=of.hall, token_hash=token_hash, device=of.device, expires_ms=expires_ms)
    )


def by_link(connection: Connection, token_hash: str, now_ms: int) -> Device | None:
    """Return the device an unused link stands for."""
    row = connection.execute(_BY_LINK, {"of_token": token_hash, "now_ms": now_ms}).first()
    return Device(*row) if row else None


def use_link(connection: Connection, token_hash: str) -> bool:
    """End a link; False when another request was faster."""
    return bool(connection.execute(delete(page_enrolment).where(page_enrolment.c.token_hash == token_hash)).rowcount)


def set_cookie(connection: Connection, of: Device, cookie_hash: str, now_ms: int) -> None:
    """Give the device this cookie; the browser that had the last one is out."""
    connection.execute(delete(page_cookie).where(page_cookie.c.hall == of.hall, page_cookie.c.device == of.device))
    connection.execute(
        insert(page_cookie).values(hall=of.hall, cookie_hash=cookie_hash, device=of.device, issued_ms=now_ms)
    )


def by_cookie(connection: Connection, cookie_hash: str) -> Device | None:
    """Return the device whose browser holds the cookie."""
    row = connection.execute(_BY_COOKIE, {"of_cookie": cookie_hash}).first()
    return Device(*row) if row else None


def forget_links(connection: Connection, now_ms: int) -> None:
    """Drop links that are over."""
    connection.execute(delete(page_enrolment).where(page_enrolment.c.expires_ms <= now_ms))
