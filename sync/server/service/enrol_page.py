"""Makes the one-time link through which a browser in the hall becomes a kiosk or a board."""

import re

from app.domain.rights import Act, Role
from sync.protocol.page_messages import EnrolPage, PageEnrolled
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.offer_device import offer_device
from sync.server.service.refusals import refusal
from sync.server.service.tokens import new_token
from sync.server.storage.devices import Device

PAGE_ROLES = frozenset({Role.KIOSK, Role.BOARD})
LINK_MS = 24 * 60 * 60 * 1000
_NAME = re.compile(r"[0-9A-Za-z-]{1,32}")


def enrol_page(context: Context, caller: Caller, hall: str, request: EnrolPage) -> PageEnrolled:
    """Return a link for the device, which is made if the hall has none of that name; an unused older link ends.

    Raises:
        Refused: ``forbidden`` for who is no administrator or for the name of a counter, ``malformed``.
    """
    caller.require(Act.ENROL_PAGE, hall)
    if request.role not in PAGE_ROLES or not _NAME.fullmatch(request.device):
        raise refusal("malformed")
    return make_link(context, Device(hall, request.device, request.role, None))


def make_link(context: Context, device: Device) -> PageEnrolled:
    """Return a fresh link for the device of a page.

    Raises:
        Refused: ``forbidden`` when the name belongs to a device of another role.
    """
    token = new_token(context.clock)
    expires_ms = context.clock.now_ms() + LINK_MS

    context.storage.write(lambda connection: offer_device(context, connection, device, token, expires_ms))
    return PageEnrolled(device=device.device, path=f"/enrol/{token}", expires_ms=expires_ms)
