"""The last calls of a hall and the numbers that were missed: what the board shows beside the queues."""

from dataclasses import dataclass, replace

from sqlalchemy import Connection, bindparam, select

from app.domain.ticket import IN_LINE, TicketState
from sync.server.storage.tables import ticket


@dataclass(frozen=True, slots=True)
class Call:
    """A ticket as it was called last."""

    ticket_id: str
    number: str
    business: str
    window: str
    called_ms: int
    calls: int
    state: TicketState


_CALLS = (
    select(*(ticket.c[name] for name in Call.__slots__))
    .where(
        ticket.c.hall == bindparam("of_hall"),
        ticket.c.called_ms >= bindparam("since_ms"),
        ticket.c.window.is_not(None),
        ticket.c.calls > 0,  # who came without being called is not on the board
        ticket.c.state.not_in(sorted({*IN_LINE, TicketState.VOID})),
    )
    .order_by(ticket.c.called_ms.desc(), ticket.c.ticket_id.desc())
    .limit(bindparam("at_most"))
)


def last_calls(connection: Connection, hall: str, since_ms: int, at_most: int) -> list[Call]:
    """Return the newest calls first."""
    rows = connection.execute(_CALLS, {"of_hall": hall, "since_ms": since_ms, "at_most": at_most})
    return [replace(Call(*row), state=TicketState(row.state)) for row in rows]
