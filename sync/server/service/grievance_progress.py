"""What somebody who shows the query code of a complaint's receipt sees of it: when it came, by when it is answered."""

from dataclasses import dataclass
from datetime import date

from app.domain.business_day import business_date
from app.domain.grievance import Grievance
from app.domain.supervision import CardRule
from sync.server.service.attempts import PER_ADDRESS, PER_CASE, Attempts
from sync.server.service.context import Context
from sync.server.service.refusals import refusal
from sync.server.service.tokens import token_hash
from sync.server.storage import cards, grievances
from sync.server.storage.engine import Transaction

COMPLAINT = "TS"
"""What the number of a complaint begins with."""
_MAX_CODE = 16
_MAX_NUMBER = 64


@dataclass(frozen=True, slots=True)
class ComplaintProgress:
    """``answered`` says that the floor manager or the supervisor closed its card; ``named`` that it is in writing."""

    number: str
    received_on: date
    reply_due: date
    named: bool
    answered: bool


def complaint_progress(context: Context, attempts: Attempts, number: str, code: str, address: str) -> ComplaintProgress:
    """Return how a complaint stands to who knows its query code; an unknown number and a wrong code are the same.

    Raises:
        Refused: ``wrong_query_code``, ``rate_limited``.
    """
    number = number[:_MAX_NUMBER]
    keys = ((f"case/{number}/{address}", PER_CASE), (f"address/{address}", PER_ADDRESS), (f"case/{number}", None))
    attempts.take(keys)
    given = token_hash(f"{number}/{code.strip().upper()[:_MAX_CODE]}")

    def look(connection: Transaction) -> tuple[Grievance, bool] | None:
        found = grievances.by_code(connection, number, given)
        if found is None:
            return None
        hall, held = found
        card = cards.of_cause(connection, hall, f"{CardRule.COMPLAINT.value}:{number}")
        return held, card is not None and card.closed_ms is not None

    seen = context.storage.read(look)
    if seen is None:
        raise refusal("wrong_query_code")
    attempts.give_back(keys)
    held, answered = seen
    received, due = business_date(held.received_ms), date.fromisoformat(held.reply_due)
    return ComplaintProgress(number, received, due, held.named, answered)
