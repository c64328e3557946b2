"""Signs a person in: at a counter, or as an administrator at no counter."""

import re

from app.domain.rights import Act, Role
from sync.protocol.messages import OpenSession, SessionOpened
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.due_staff import take_due_staff
from sync.server.service.once import Request, once
from sync.server.service.passwords import MAX_PASSWORD, matches
from sync.server.service.refusals import refusal
from sync.server.service.tokens import new_token, token_hash
from sync.server.storage import clerks, halls
from sync.server.storage.clerks import Profile
from sync.server.storage.engine import Transaction

_CLERK = re.compile(r"[0-9A-Za-z]{1,32}")
MAX_FAILURES = 5
LOCK_MS = 15 * 60 * 1000
SESSION_MS = 12 * 60 * 60 * 1000
OFFLINE_MS = 7 * 24 * 60 * 60 * 1000
"""A counter may sign the clerk in offline for seven days at most (sync.md section 5)."""

WITHOUT_COUNTER = frozenset({Role.ADMINISTRATOR, Role.SYSTEM_OPERATOR})
"""Who may sign in where no device vouches for the place."""


def open_session(
    context: Context, caller: Caller | None, request: OpenSession, key: str | None = None
) -> SessionOpened:
    """Check the password, then return the session; ``caller`` is the counter, or None at no counter.

    The password is checked first even under a known key, so that a key never opens a session by itself.

    Raises:
        Refused: ``unauthorised``, ``forbidden``, or ``rate_limited`` after repeated failures.
    """
    if caller is not None:
        caller.require(Act.OPEN_SESSION)
    hall = caller.hall if caller is not None else _only_hall(context)
    profile = _check(context, hall, request)
    roles = frozenset(map(Role, profile.roles))
    if caller is None and roles.isdisjoint(WITHOUT_COUNTER):
        raise refusal("forbidden")
    asker = caller or Caller(hall, roles, clerk=profile.clerk)

    def work(connection: Transaction) -> SessionOpened:
        asked = Request(key, ["session", request.clerk], SessionOpened)
        device = caller.device if caller else None
        return once(context, connection, asker, asked, lambda: _open(context, connection, hall, device, profile))

    return context.storage.write(work)


def _only_hall(context: Context) -> str:
    codes = context.storage.read(halls.codes)
    if len(codes) != 1:
        raise refusal("unknown_hall")
    return codes[0]


def _check(context: Context, hall: str, request: OpenSession) -> Profile:
    """Return the clerk whose password this is. The slow hash runs outside every transaction."""
    if len(request.password) > MAX_PASSWORD or not _CLERK.fullmatch(request.clerk):
        raise refusal("malformed")
    number, now_ms = request.clerk, context.clock.now_ms()
    kept = context.storage.read(lambda connection: clerks.credentials(connection, hall, number))
    if kept is not None and now_ms < kept.locked_until_ms:
        raise refusal("rate_limited")
    right = matches(kept.verifier if kept else None, request.password)

    def record(connection: Transaction) -> tuple[int | None, Profile | None]:
        staffed = take_due_staff(context, connection, hall)
        held = clerks.credentials(connection, hall, number)
        still = right and held is not None and held.verifier is not None  # not withdrawn by what began today
        return staffed, _record(connection, hall, number, now_ms, right=still)

    staffed, profile = context.storage.write(record)
    if staffed is not None:
        context.staffed[hall] = staffed
    if profile is None:
        raise refusal("unauthorised")
    return profile


def _record(connection: Transaction, hall: str, number: str, now_ms: int, *, right: bool) -> Profile | None:
    if right:
        clerks.set_lock(connection, hall, number, 0)
        return clerks.get(connection, hall, number)
    if clerks.count_failure(connection, hall, number) >= MAX_FAILURES:
        clerks.set_lock(connection, hall, number, now_ms + LOCK_MS)
    return None


def _open(context: Context, connection: Transaction, hall: str, device: str | None, profile: Profile) -> SessionOpened:
    token, now_ms = new_token(context.clock), context.clock.now_ms()
    expires_ms = now_ms + SESSION_MS
    clerks.add_session(connection, hall, token_hash(token), number=profile.clerk, device=device, expires_ms=expires_ms)
    return SessionOpened(
        session=token,
        clerk=profile.clerk,
        name=profile.name,
        department=profile.department,
        roles=list(profile.roles),
        windows=list(profile.windows),
        items=list(profile.items),
        offline_until_ms=now_ms + OFFLINE_MS,
    )
