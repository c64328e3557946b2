"""Makes the one-time code by which a computer in the hall becomes a counter, a manager's desk or a guide's."""

import logging
import re

from app.domain.enrolment_code import RANDOM_BYTES, code_from, grouped
from app.domain.rights import Act, Role
from sync.protocol.enrolment_messages import CodeIssued, IssueCode
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.offer_device import offer_device
from sync.server.service.refusals import refusal
from sync.server.storage import halls
from sync.server.storage.devices import Device
from sync.server.storage.engine import Transaction

logger = logging.getLogger(__name__)

_DESKS = {Role.FLOOR_MANAGER: "manager", Role.GUIDE: "guide"}
"""Computers without a window, by the name of the only one of their kind."""
CODE_ROLES = frozenset({Role.COUNTER, *_DESKS})
CODE_MS = 30 * 60 * 1000
"""Time to walk to the computer; who does not make it asks for another."""
_NAME = re.compile(r"[0-9A-Za-z-]{1,32}")
_WINDOW = re.compile(r"[A-Z][0-9]{2}")
_BEHIND = re.compile(r"R[0-9]{2}")
"""Places behind the windows, where reviewers sit: no ticket is called there, and no catalogue names them."""


def issue_code(context: Context, caller: Caller, hall: str, request: IssueCode) -> CodeIssued:
    """Return a fresh code for the device; an unused older one of it ends.

    Raises:
        Refused: ``forbidden`` for who may not or for the name of a device of another kind, ``unknown_window``,
            ``malformed``.
    """
    caller.require(Act.ENROL_DEVICE, hall)
    return make_code(context, hall, request, by=caller.identity)


def make_code(context: Context, hall: str, request: IssueCode, *, by: str) -> CodeIssued:
    """Return a fresh code; ``by`` is who asked, for the log.

    Raises:
        Refused: ``unknown_hall`` and what ``issue_code`` raises, but for the right.
    """
    device = _device(hall, request)
    code = code_from(context.clock.random_bytes(RANDOM_BYTES))
    expires_ms = context.clock.now_ms() + CODE_MS

    def work(connection: Transaction) -> bool:
        if halls.get(connection, hall) is None:
            raise refusal("unknown_hall")
        windows = context.plan(connection, hall).calls
        here = device.window is None or device.window in windows or _BEHIND.fullmatch(device.window)
        if windows and not here:
            raise refusal("unknown_window")
        return offer_device(context, connection, device, code, expires_ms)

    replaces = context.storage.write(work)
    logger.info("enrolment.code_issued hall=%s device=%s role=%s by=%s", hall, device.device, device.role, by)
    return CodeIssued(
        code=grouped(code),
        device=device.device,
        role=device.role,
        window=device.window,
        expires_ms=expires_ms,
        replaces=replaces,
    )


def _device(hall: str, request: IssueCode) -> Device:
    if request.role == Role.COUNTER:
        window = request.window or ""
        if request.device is not None or not _WINDOW.fullmatch(window):
            raise refusal("malformed")
        return Device(hall, window, Role.COUNTER, window)
    role = next((each for each in _DESKS if each == request.role), None)
    if role is None or request.window is not None:
        raise refusal("malformed")
    name = request.device or _DESKS[role]
    if not _NAME.fullmatch(name):
        raise refusal("malformed")
    return Device(hall, name, role, None)
