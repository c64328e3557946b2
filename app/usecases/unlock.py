"""Back at a covered window: the password of the clerk who is signed in, against what was kept of the last sign-in."""

from app.domain.clerk import Clerk
from app.ports.passwords import Passwords
from app.ports.store import Store
from app.usecases.acting import ActRefusal, ActRefused
from app.usecases.sign_in import check_password


def unlock(store: Store, passwords: Passwords, by: Clerk, password: str) -> None:
    """Return when the password is the clerk's; it needs no network, as the window goes on without one.

    Raises:
        ActRefused: another password, too many wrong ones in a row, or nothing was kept of the clerk.
    """
    with store.read() as view:
        kept = view.sign_in(by.number)
    if kept is None:
        raise ActRefused(ActRefusal.OFFLINE_UNKNOWN)
    check_password(store, passwords, kept, password)
