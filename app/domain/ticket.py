"""The life of a queue ticket, from the kiosk to the outcome (domain.md section 5, design.md ``call-next``)."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.transitions import TransitionTable


class TicketState(StrEnum):
    """Where a ticket stands; the server's authority is the only one to move it."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    MISSED = "missed"
    DONE = "done"
    LEFT = "left"
    VOID = "void"


class TicketEvent(StrEnum):
    """What happens to a ticket."""

    CALL = "call"
    PRESENT = "present"
    SERVE = "serve"
    FINISH = "finish"
    LEAVE = "leave"
    MISS = "miss"
    REVIVE = "revive"
    VOID = "void"


TICKET = TransitionTable(
    {
        (TicketState.WAITING, TicketEvent.CALL): TicketState.CALLED,
        (TicketState.WAITING, TicketEvent.PRESENT): TicketState.SERVING,
        (TicketState.WAITING, TicketEvent.VOID): TicketState.VOID,
        (TicketState.CALLED, TicketEvent.SERVE): TicketState.SERVING,
        (TicketState.CALLED, TicketEvent.MISS): TicketState.MISSED,
        (TicketState.CALLED, TicketEvent.LEAVE): TicketState.LEFT,
        (TicketState.MISSED, TicketEvent.REVIVE): TicketState.WAITING,
        (TicketState.MISSED, TicketEvent.PRESENT): TicketState.SERVING,
        (TicketState.MISSED, TicketEvent.VOID): TicketState.VOID,
        (TicketState.SERVING, TicketEvent.FINISH): TicketState.DONE,
        (TicketState.SERVING, TicketEvent.LEAVE): TicketState.LEFT,
    }
)


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket as the hall knows it. It carries no name and no number of a person.

    ``rev`` grows by one with every change the authority makes; ``window`` is the one that called or served it.
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
