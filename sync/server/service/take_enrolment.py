"""Changes an enrolment link into the cookie of one browser, and the cookie back into a caller on every request."""

from dataclasses import dataclass

from app.domain.rights import Role
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.enrol_page import PAGE_ROLES
from sync.server.service.tokens import new_token, token_hash
from sync.server.storage import page_devices
from sync.server.storage.devices import Device
from sync.server.storage.engine import Transaction


@dataclass(frozen=True, slots=True, repr=False)
class Enrolment:
    """The device a browser has become; ``cookie`` is its secret, told once."""

    hall: str
    device: str
    role: Role
    cookie: str


def offered(context: Context, token: str) -> Device | None:
    """Return the device an unused link stands for, without using it: whoever looks ahead at links spends none."""
    hashed, now_ms = token_hash(token), context.clock.now_ms()
    found = context.storage.read(lambda connection: page_devices.by_link(connection, hashed, now_ms))
    return found if found is not None and found.role in PAGE_ROLES else None


def take_enrolment(context: Context, token: str) -> Enrolment | None:
    """Return the enrolment, or None for a link that was used, is over or never was."""
    hashed, now_ms = token_hash(token), context.clock.now_ms()
    cookie = new_token(context.clock)

    def work(connection: Transaction) -> Device | None:
        device = page_devices.by_link(connection, hashed, now_ms)
        if device is None or device.role not in PAGE_ROLES or not page_devices.use_link(connection, hashed):
            return None
        page_devices.set_cookie(connection, device, token_hash(cookie), now_ms)
        return device

    device = context.storage.write(work)
    return None if device is None else Enrolment(device.hall, device.device, Role(device.role), cookie)


def page_caller(context: Context, cookie: str) -> Caller | None:
    """Return the kiosk or board whose browser shows the cookie."""
    hashed = token_hash(cookie)
    device = context.storage.read(lambda connection: page_devices.by_cookie(connection, hashed))
    if device is None or Role(device.role) not in PAGE_ROLES:
        return None
    return Caller(device.hall, frozenset({Role(device.role)}), device=device.device)
