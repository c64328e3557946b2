"""The central server as a counter sees it: ONE interface, with the service at one end and HTTP at the other."""

from typing import Protocol

from sync.protocol.block_messages import ReserveBlock, ReservedBlock
from sync.protocol.messages import (
    NOTHING_NAMED,
    CallChosen,
    Digest,
    HallState,
    IssueTicket,
    Named,
    OpenSession,
    Page,
    Push,
    PushResult,
    RegisterCounter,
    Registration,
    SessionOpened,
    Snapshot,
    TicketCalled,
    TicketIssued,
)


class Refused(Exception):  # noqa: N818 - the server's "no", not a fault of this program
    """The server said no. ``code`` is from the closed list in ``sync/protocol/README.md``.

    ``retry_after_s``: seconds to leave it alone at least, where it said so.
    """

    def __init__(
        self,
        code: str,
        status: int,
        *,
        expected_seq: int | None = None,
        line: int | None = None,
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.expected_seq = expected_seq
        self.line = line
        self.retry_after_s = retry_after_s


class Unreachable(Exception):  # noqa: N818 - a state of the network
    """No answer came; whether the server acted is unknown.

    ``retry_after_s``: seconds to leave it alone at least, where something on the way said so.
    """

    def __init__(self, *said: str, retry_after_s: float | None = None) -> None:
        super().__init__(*said)
        self.retry_after_s = retry_after_s


class NotOurServer(Unreachable):
    """Something else answers at the address: another program, a proxy, a portal."""


class CentralServer(Protocol):
    """Bound to one caller's token. Every method may raise Refused, and over a network Unreachable."""

    def register(self, request: RegisterCounter) -> Registration:
        """Give a counter its registration number; the same incarnation and key get the same answer."""
        ...

    def open_session(self, request: OpenSession) -> SessionOpened:
        """Sign a clerk in."""
        ...

    def push(self, request: Push) -> PushResult:
        """Take operations in; refusals: ``gap`` with expected_seq, ``fork``, ``quarantined``."""
        ...

    def pull(self, hall: str, cursor: int, limit: int) -> Page:
        """Return the events after the cursor; refusal ``cursor_gone`` below the floor."""
        ...

    def snapshot(self, hall: str, named: Named = NOTHING_NAMED) -> Snapshot:
        """Return a consistent dump of what counts (``app.domain.standing``), and of what is ``named``."""
        ...

    def digest(self, hall: str) -> Digest:
        """Return count and hash per table at the head, over what counts."""
        ...

    def issue_ticket(self, hall: str, request: IssueTicket, key: str) -> TicketIssued:
        """Give out a number; the same key gets the same answer."""
        ...

    def call_chosen(self, hall: str, window: str, request: CallChosen, key: str) -> TicketCalled:
        """Call one number out of turn; the same key gets the same answer."""
        ...

    def hall_state(self, hall: str) -> HallState:
        """Return windows and lines of the hall as they stand."""
        ...

    def call_next(self, hall: str, window: str, key: str) -> TicketCalled | None:
        """Reserve and call in one; None when nobody waits; refusal ``window_busy``."""
        ...

    def reserve_block(self, hall: str, window: str, request: ReserveBlock, key: str) -> ReservedBlock:
        """Fill the window's reserved block; the same key gets the same answer; refusal ``window_closed``."""
        ...
