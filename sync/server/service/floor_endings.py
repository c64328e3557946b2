"""How the visits of each window ended today, and how many came to nothing (无结果, domain rule I18)."""

from collections.abc import Mapping, Sequence
from datetime import date

from app.domain.business_day import start_of_day_ms
from app.domain.floor_figures import Endings, endings
from app.domain.ticket import TicketState
from sync.server.storage import operations
from sync.server.storage.engine import Transaction
from sync.server.storage.floor_day import DayTicket

_ENDED = frozenset({TicketState.DONE, TicketState.LEFT})


def floor_endings(
    connection: Transaction, hall: str, today: str, tickets: Sequence[DayTicket]
) -> Mapping[str, Endings]:
    """Count by window; who left a second matter undone had the outcome of the first."""
    helped = operations.entities_since(connection, hall, "ticket.continued", start_of_day_ms(date.fromisoformat(today)))
    return endings(
        (each.window, each.state is TicketState.LEFT and helped.isdisjoint((each.ticket_id, each.number)))
        for each in tickets
        if each.window is not None and each.state in _ENDED
    )
