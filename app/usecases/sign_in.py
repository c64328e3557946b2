"""A clerk signs in: with the server where it answers, else within seven days against what was kept of the last time."""

from dataclasses import replace

from app.domain.clerk import Clerk
from app.ports.clerk_authority import AuthorityUnreachable, ClerkAuthority
from app.ports.clock import Clock
from app.ports.passwords import Passwords
from app.ports.store import SignIn, Store
from app.usecases.acting import ActRefusal, ActRefused

OFFLINE_MS = 7 * 24 * 3_600_000
"""The longest a clerk may sign in without the server, whatever the server says."""
MOST_FAILURES = 5
"""Wrong passwords in a row, after which only the server lets the clerk in."""


def sign_in(
    store: Store, clock: Clock, authority: ClerkAuthority, passwords: Passwords, *, number: str, password: str
) -> Clerk:
    """Return the clerk with their rights.

    Raises:
        SignInRefused: the server said no.
        ActRefused: offline, and the password, the time since the last sign-in or too many failures forbid it.
    """
    try:
        clerk = authority.sign_in(number, password)
    except AuthorityUnreachable:
        return _offline(store, clock, passwords, number, password)
    limit = min(clerk.offline_until_ms, clock.now_ms() + OFFLINE_MS)
    clerk = replace(clerk, offline_until_ms=limit)
    kept = SignIn(clerk, passwords.verifier(password))
    with store.begin() as work:
        work.put_sign_in(kept)
    return clerk


def _offline(store: Store, clock: Clock, passwords: Passwords, number: str, password: str) -> Clerk:
    with store.read() as view:
        kept = view.sign_in(number)
    if kept is None:
        raise ActRefused(ActRefusal.OFFLINE_UNKNOWN)
    if clock.now_ms() > kept.clerk.offline_until_ms:
        raise ActRefused(ActRefusal.OFFLINE_EXPIRED)
    check_password(store, passwords, kept, password)
    return kept.clerk


def check_password(store: Store, passwords: Passwords, kept: SignIn, password: str) -> None:
    """Compare a password with what was kept of the last sign-in, and count how often in a row it was wrong.

    Raises:
        ActRefused: another password, or too many wrong ones before.
    """
    if kept.failures >= MOST_FAILURES:
        raise ActRefused(ActRefusal.LOCKED_OUT)
    # The slow comparison runs outside of any transaction.
    right = passwords.matches(kept.verifier, password)
    failures = 0 if right else kept.failures + 1
    if failures != kept.failures:
        with store.begin() as work:
            work.put_sign_in(replace(kept, failures=failures))
    if not right:
        raise ActRefused(ActRefusal.WRONG_PASSWORD)
