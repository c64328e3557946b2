"""Bearer tokens: random, kept only as their hash, turned back into a caller on every request."""

import hashlib
from collections.abc import Sequence

from app.domain.rights import Role
from app.ports.clock import Clock
from sync.protocol.interface import Refused
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.refusals import refusal
from sync.server.storage import clerks, devices
from sync.server.storage.devices import Device
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
    [answer] = authenticate_together(context, [token])
    if isinstance(answer, Refused):
        raise answer
    return answer


def authenticate_together(context: Context, tokens: Sequence[str]) -> list[Caller | Refused]:
    """Return who holds each of the tokens, in their order; ``unauthorised`` where nobody does."""
    hashes, now_ms = [token_hash(token) for token in tokens], context.clock.now_ms()

    def look_up(connection: Transaction) -> dict[str, Caller | None]:
        known = devices.by_tokens(connection, set(hashes))
        found: dict[str, Caller | None] = {hashed: _device(device) for hashed, device in known.items()}
        return found | {hashed: _person(connection, hashed, now_ms) for hashed in hashes if hashed not in found}

    callers = context.storage.look(look_up)
    return [callers[hashed] or refusal("unauthorised") for hashed in hashes]


def _device(device: Device) -> Caller:
    return Caller(device.hall, frozenset({Role(device.role)}), device=device.device, window=device.window)


def _person(connection: Transaction, hashed: str, now_ms: int) -> Caller | None:
    session = clerks.session_of(connection, hashed, now_ms)
    profile = clerks.get(connection, *session) if session else None
    if session is None or profile is None:
        return None
    return Caller(session[0], frozenset(map(Role, profile.roles)), clerk=profile.clerk)
