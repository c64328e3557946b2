"""What of a hall counts between counter and server: what goes on, and of the last thirty days what is over.

A counter needs no copy of what ended long ago (sync.md section 5); what it has a record of itself it follows for ever.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from app.domain.business_day import start_of_day_ms
from app.domain.case import CaseState
from app.domain.supervision import CardRule
from app.domain.takeover import ContactState
from app.domain.ticket import LIVE

KEPT_DAYS: Final = 30
"""What is over counts while its day is no older than so many days: a case by when it was taken in, a first contact by
when it was handed on, a call for help by its answer, a card by when it came down."""

OVER: Final = frozenset(
    {CaseState.REFUSED, CaseState.WITHDRAWN, CaseState.DELIVERED, CaseState.ARCHIVED, CaseState.VOIDED}
)
"""States of a case that goes no further: at most it is told or handed over, voided or archived."""

Row = Mapping[str, Any]


def kept_from(since: str) -> str:
    """Return the business date (ISO) from which what is over counts, where tickets count from ``since`` (ISO)."""
    return (date.fromisoformat(since) - timedelta(days=KEPT_DAYS)).isoformat()


def from_ms(kept: str) -> int:
    """Return the first instant of that business date (ISO) in UTC milliseconds; without one, the first of all."""
    return start_of_day_ms(date.fromisoformat(kept)) if kept else 0


def standing(entity: str, since: str, kept: str) -> Callable[[Row], bool]:
    """Return whether a mirrored row of the entity counts; everything but tickets does where ``kept`` is empty."""
    first_ms = from_ms(kept)
    match entity:
        case "ticket":
            return lambda row: row["business_date"] >= since or row["state"] in LIVE
        case "case":
            return lambda row: row["state"] not in OVER or (row["accepted_on"] or "") >= kept
        case "help":
            return lambda row: row["answered_ms"] is None or row["answered_ms"] >= first_ms
        case "contact":
            return lambda row: row["state"] != ContactState.CLOSED or row["handed_ms"] >= first_ms
        case "card":
            # A card over a parked operation ends the counter's own task when it comes down, however late that is heard.
            return lambda row: (
                row["closed_ms"] is None or row["rule"] == CardRule.PARKED or row["closed_ms"] >= first_ms
            )
        case _:
            return lambda _: True
