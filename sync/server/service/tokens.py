"""Bearer tokens: random, kept only as their hash, turned back into a caller on every request."""

import hashlib

from app.domain.rights import Role
from app.ports.clock import Clock
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.refusals import refusal
from sync.server.storage import clerks, devices
from sync.server.storage.engine import Transaction

_TOKEN_BYTES = 24


def new_token(clock: Clock) -> str:
    """Return a fresh token of 48 hex characters."""
    return clock.random_bytes(_TOKEN_BYTES).hex()


def token_hash(token: str) -> str:
    """Return what is stored of a token; it is random, so a plain hash is enough."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def authenticate(context: Context, token: str) -> Caller:
    """Return who holds the token: a device, or a person by a session.

    Raises:
        Refused: ``unauthorised``.
    """
    hashed, now_ms = token_hash(token), context.clock.now_ms()

    def look_up(connection: Transaction) -> Caller | None:
        device = devices.by_token(connection, hashed)
        if device:
            return Caller(device.hall, frozenset({Role(device.role)}), device=device.device, window=device.window)
        session = clerks.session_of(connection, hashed, now_ms)
        profile = clerks.get(connection, *session) if session else None
        if session is None or profile is None:
            return None
        return Caller(session[0], frozenset(map(Role, profile.roles)), clerk=profile.clerk)

    caller = context.storage.look(look_up)
    if caller is None:
        raise refusal("unauthorised")
    return caller
