"""What acts on one ticket by its printed number share: finding it, and the ledger of who did what out of turn."""

from datetime import date, timedelta

from app.domain.ticket import HORIZON_MS, Ticket
from app.ports.clock import new_id
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.refusals import refusal
from sync.server.storage import queue_ledger, tickets
from sync.server.storage.engine import Transaction
from sync.server.storage.queue_ledger import Entry

CHOSEN, REVIVED, PRIORITY = "chosen", "revived", "priority"
"""Events of the ledger."""


def ticket_of_day(context: Context, connection: Transaction, hall: str, number: str) -> Ticket:
    """Return the ticket with this number of today, or of an evening before whose tickets are still good.

    Raises:
        Refused: ``unknown_ticket``.
    """
    today = context.today()
    yesterday = (date.fromisoformat(today) - timedelta(days=1)).isoformat()
    since_ms = context.clock.now_ms() - HORIZON_MS
    for day in (today, yesterday):
        ticket = tickets.by_number(connection, hall, day, number)
        if ticket is not None and ticket.issued_ms >= since_ms:
            return ticket
    raise refusal("unknown_ticket")


def record(
    context: Context, connection: Transaction, caller: Caller, ticket: Ticket, *, event: str, reason: str
) -> None:
    """Add a row to the ledger, in the transaction of the act."""
    entry = Entry(new_id(context.clock), context.clock.now_ms(), ticket.ticket_id, event, caller.identity, reason)
    queue_ledger.add(connection, caller.hall, entry)
