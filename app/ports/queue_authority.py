"""The hall's authority that decides who is next (sync.md section 2)."""

from collections.abc import Sequence
from typing import Protocol

from app.domain.chosen import ChosenCall
from app.domain.referral import TakenNumber
from app.domain.ticket import Ticket
from app.domain.transfer import WindowLine


class AuthorityUnreachable(Exception):  # noqa: N818 - a state of the world, not a fault of the program
    """The authority gave no answer; whether it acted is unknown, so the same key must be used again."""


class AuthorityRefused(Exception):  # noqa: N818 - a business "no"
    """The authority said no; ``code`` is from the list in ``sync/protocol/README.md``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class WindowBusy(AuthorityRefused):
    """The window still has a citizen in service."""

    def __init__(self) -> None:
        super().__init__("window_busy")


class QueueAuthority(Protocol):
    """One request reserves and calls; nothing is held back."""

    def call_chosen(self, window: str, choice: ChosenCall, key: str) -> Ticket:
        """Return the ticket with the chosen number, called to this window out of turn.

        ``key`` is the idempotency key, as with ``call_next``.

        Raises:
            AuthorityUnreachable: no answer; try again with the same key.
            WindowBusy: finish the citizen in service first.
            AuthorityRefused: any other "no", such as ``unknown_ticket`` or ``taken_elsewhere``.
        """
        ...

    def lines(self) -> Sequence[WindowLine]:
        """Return the windows of the hall with their lines, in published order.

        Raises:
            AuthorityUnreachable: no answer.
            AuthorityRefused: a "no".
        """
        ...

    def take_number(self, business: str, key: str) -> TakenNumber:
        """Return a new number of a business, taken for a citizen who is sent there.

        ``key`` is the idempotency key: the same key always gets the same number.

        Raises:
            AuthorityUnreachable: no answer; try again with the same key.
            AuthorityRefused: a "no", such as ``unknown_business``.
        """
        ...

    def call_next(self, window: str, key: str) -> Ticket | None:
        """Return the ticket called to this window, or None when nobody waits.

        ``key`` is the idempotency key: the same key always gets the same answer.

        Raises:
            AuthorityUnreachable: no answer; try again with the same key.
            WindowBusy: finish the citizen in service first.
            AuthorityRefused: any other "no".
        """
        ...
