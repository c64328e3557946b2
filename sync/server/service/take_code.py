"""Changes a one-time code into the identity of one computer (sync.md section 5)."""

import hmac
import logging
import re

from app.domain.enrolment_code import CodeMistyped, meant
from app.domain.rights import Role
from sync.protocol.enrolment_messages import DeviceEnrolled, TakeCode
from sync.server.service.attempts import Attempts
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.issue_code import CODE_ROLES
from sync.server.service.once import Request, once
from sync.server.service.refusals import refusal
from sync.server.service.tokens import new_token, token_hash
from sync.server.storage import device_codes, halls
from sync.server.storage.device_codes import Offer
from sync.server.storage.engine import Transaction

logger = logging.getLogger(__name__)

SKEW_MS = 5 * 60 * 1000
"""A clock that is further off is set right first (sync.md section 1): every paper carries its time."""
PER_ADDRESS = 10
"""Wrong codes from one address in an hour; a code has 2^55 values and lives half an hour."""
_PUBLIC_KEY = re.compile(r"[0-9a-f]{64}")


def take_code(context: Context, attempts: Attempts, request: TakeCode, key: str, address: str) -> DeviceEnrolled:
    """Return the computer's identity; the same computer under the same idempotency key is answered the same again.

    Raises:
        Refused: ``clock_skew``, ``code_wrong``, ``code_expired``, ``code_used``, ``rate_limited``, ``malformed``.
    """
    if not _PUBLIC_KEY.fullmatch(request.public_key):
        raise refusal("malformed")
    if abs(request.now_ms - context.clock.now_ms()) > SKEW_MS:
        raise refusal("clock_skew")
    tries = ((f"enrol/{address}", PER_ADDRESS),)
    attempts.take(tries)
    hashed = _hashed(request.code)

    def work(connection: Transaction) -> DeviceEnrolled:
        offer = _match(device_codes.offers(connection), hashed)
        if offer is None:
            raise refusal("code_wrong")
        if offer.expires_ms <= context.clock.now_ms():
            raise refusal("code_expired")
        device = offer.device
        caller = Caller(device.hall, frozenset({Role(device.role)}), device=device.device)
        asked = Request(key, ["enrol", hashed, request.public_key], DeviceEnrolled)
        return once(context, connection, caller, asked, lambda: _give(context, connection, offer, request.public_key))

    enrolled = context.storage.write(work)
    attempts.give_back(tries)
    logger.info("enrolment.taken hall=%s device=%s role=%s", enrolled.hall, enrolled.device, enrolled.role)
    return enrolled


def _hashed(typed: str) -> str:
    try:
        return token_hash(meant(typed))
    except CodeMistyped:
        return token_hash("")


def _match(offers: list[Offer], hashed: str) -> Offer | None:
    """Return the offer with this hash; every one is compared, and in constant time."""
    found = None
    for each in offers:
        right = hmac.compare_digest(each.token_hash, hashed)
        if right and Role(each.device.role) in CODE_ROLES:
            found = each
    return found


def _give(context: Context, connection: Transaction, offer: Offer, public_key: str) -> DeviceEnrolled:
    now_ms, device = context.clock.now_ms(), offer.device
    hall = halls.get(connection, device.hall)
    if hall is None or offer.used_ms is not None or not device_codes.use(connection, offer, now_ms):
        raise refusal("code_used")
    token = new_token(context.clock)
    device_codes.give(connection, device, token_hash(token), public_key)
    return DeviceEnrolled(
        hall=device.hall,
        centre=hall.centre,
        device=device.device,
        role=device.role,
        window=device.window,
        token=token,
        server_time=now_ms,
    )
