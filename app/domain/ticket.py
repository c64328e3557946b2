"""The life of a queue ticket, from the kiosk to the outcome (domain.md section 5, design.md ``call-next``)."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.transitions import TransitionTable


class TicketState(StrEnum):
    """Where a ticket stands; the server's authority is the only one to move it."""

    WAITING = "waiting"
    RESERVED = "reserved"
    CALLED = "called"
    SERVING = "serving"
    HELD = "held"
    MISSED = "missed"
    DONE = "done"
    LEFT = "left"
    VOID = "void"
    TRANSFERRING = "transferring"
    RETURNED = "returned"


BORN = 1
"""The revision of a ticket that was only given out."""

HORIZON_MS = 12 * 60 * 60 * 1000
"""A ticket is of one working day: what was left over from the day before is not called any more."""

IN_LINE = frozenset({TicketState.WAITING, TicketState.RESERVED})
"""States of a citizen who waits: not called yet, though one window may hold the number (sync.md section 2)."""

LIVE = frozenset(
    {
        TicketState.TRANSFERRING,
        TicketState.RETURNED,
        TicketState.CALLED,
        TicketState.SERVING,
        TicketState.HELD,
    }
)
"""States in which somebody still has to see to the citizen at a window, whatever day it is."""


class TicketEvent(StrEnum):
    """What happens to a ticket."""

    CALL = "call"
    PRESENT = "present"
    SERVE = "serve"
    FINISH = "finish"
    LEAVE = "leave"
    HOLD = "hold"
    RESUME = "resume"
    RECALL = "recall"
    WITHDRAW = "withdraw"
    MISS = "miss"
    UNMISS = "unmiss"
    REVIVE = "revive"
    VOID = "void"
    TRANSFER = "transfer"
    TAKE = "take"
    DECLINE = "decline"
    REQUEUE = "requeue"
    REHOME = "rehome"
    RESERVE = "reserve"
    RELEASE = "release"


TICKET = TransitionTable(
    {
        (TicketState.WAITING, TicketEvent.CALL): TicketState.CALLED,
        (TicketState.WAITING, TicketEvent.PRESENT): TicketState.SERVING,
        (TicketState.WAITING, TicketEvent.VOID): TicketState.VOID,
        (TicketState.WAITING, TicketEvent.RESERVE): TicketState.RESERVED,
        (TicketState.RESERVED, TicketEvent.CALL): TicketState.CALLED,
        (TicketState.RESERVED, TicketEvent.PRESENT): TicketState.SERVING,
        (TicketState.RESERVED, TicketEvent.RELEASE): TicketState.WAITING,
        (TicketState.CALLED, TicketEvent.SERVE): TicketState.SERVING,
        (TicketState.CALLED, TicketEvent.RECALL): TicketState.CALLED,
        (TicketState.CALLED, TicketEvent.WITHDRAW): TicketState.WAITING,
        (TicketState.CALLED, TicketEvent.HOLD): TicketState.HELD,
        (TicketState.CALLED, TicketEvent.MISS): TicketState.MISSED,
        (TicketState.CALLED, TicketEvent.LEAVE): TicketState.LEFT,
        (TicketState.MISSED, TicketEvent.UNMISS): TicketState.CALLED,
        (TicketState.MISSED, TicketEvent.REVIVE): TicketState.WAITING,
        (TicketState.MISSED, TicketEvent.PRESENT): TicketState.SERVING,
        (TicketState.MISSED, TicketEvent.VOID): TicketState.VOID,
        (TicketState.VOID, TicketEvent.UNMISS): TicketState.CALLED,
        (TicketState.SERVING, TicketEvent.RECALL): TicketState.SERVING,
        (TicketState.SERVING, TicketEvent.HOLD): TicketState.HELD,
        (TicketState.SERVING, TicketEvent.MISS): TicketState.MISSED,
        (TicketState.HELD, TicketEvent.RESUME): TicketState.SERVING,
        (TicketState.SERVING, TicketEvent.FINISH): TicketState.DONE,
        (TicketState.SERVING, TicketEvent.LEAVE): TicketState.LEFT,
        (TicketState.CALLED, TicketEvent.TRANSFER): TicketState.TRANSFERRING,
        (TicketState.SERVING, TicketEvent.TRANSFER): TicketState.TRANSFERRING,
        (TicketState.TRANSFERRING, TicketEvent.TAKE): TicketState.CALLED,
        (TicketState.TRANSFERRING, TicketEvent.CALL): TicketState.CALLED,
        (TicketState.TRANSFERRING, TicketEvent.PRESENT): TicketState.SERVING,
        (TicketState.TRANSFERRING, TicketEvent.DECLINE): TicketState.RETURNED,
        (TicketState.RETURNED, TicketEvent.TAKE): TicketState.CALLED,
        (TicketState.RETURNED, TicketEvent.CALL): TicketState.CALLED,
        (TicketState.RETURNED, TicketEvent.PRESENT): TicketState.SERVING,
        (TicketState.HELD, TicketEvent.REQUEUE): TicketState.WAITING,
        (TicketState.TRANSFERRING, TicketEvent.REQUEUE): TicketState.WAITING,
        (TicketState.RETURNED, TicketEvent.REQUEUE): TicketState.WAITING,
        (TicketState.HELD, TicketEvent.REHOME): TicketState.TRANSFERRING,
        (TicketState.TRANSFERRING, TicketEvent.REHOME): TicketState.TRANSFERRING,
        (TicketState.RETURNED, TicketEvent.REHOME): TicketState.TRANSFERRING,
    }
)


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket as the hall knows it. It carries no name and no number of a person.

    ``rev`` grows by one with every change the authority makes; ``window`` is the one that called or served it.
    ``calls`` counts how often it was called out since it last waited.
    ``line_ms`` is its place in line where that is not its age (a revived one), ``missed_ms`` when it was last missed.
    ``first_clerk`` was asked first and stays responsible (首问责任); ``to_window`` alone may take a ticket that was
    handed over at ``offered_ms``, with ``note`` as the reason.
    ``epoch`` is the reservation it stands in while it is ``reserved`` for ``window``, or stood in last; 0: in none yet.
    """

    ticket_id: str
    hall: str
    number: str
    business: str
    state: TicketState
    rev: int
    issued_ms: int
    priority: str | None = None
    window: str | None = None
    called_ms: int | None = None
    misses: int = 0
    business_date: str = ""
    calls: int = 0
    line_ms: int | None = None
    missed_ms: int | None = None
    first_clerk: str | None = None
    to_window: str | None = None
    offered_ms: int | None = None
    note: str | None = None
    epoch: int = 0

    @property
    def place_ms(self) -> int:
        """Return what the line is ordered by, UTC milliseconds."""
        return self.issued_ms if self.line_ms is None else self.line_ms
