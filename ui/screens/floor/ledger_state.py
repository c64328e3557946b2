"""What the page of figures and ledgers knows; nothing of it outlives the window."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sync.client.ledgers import LedgerQuestion
from sync.protocol.case_messages import CaseSeen
from sync.protocol.ledger_messages import LedgerPage, LedgerRow, Ledgers


class Span(StrEnum):
    """Which days the ledgers are looked at for, in the order of the arrow keys."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    WEEK = "week"
    MONTH = "month"
    LAST_MONTH = "last_month"


SPAN_WORDS = {
    Span.TODAY: "今天",
    Span.YESTERDAY: "昨天",
    Span.WEEK: "本周",
    Span.MONTH: "本月",
    Span.LAST_MONTH: "上月",
}


def days_of(span: Span, today: date) -> tuple[date, date]:
    """Return the first and the last day of a span, both included; weeks begin on Monday."""
    match span:
        case Span.TODAY:
            return today, today
        case Span.YESTERDAY:
            return today - timedelta(days=1), today - timedelta(days=1)
        case Span.WEEK:
            return today - timedelta(days=today.weekday()), today
        case Span.MONTH:
            return today.replace(day=1), today
        case Span.LAST_MONTH:
            last = today.replace(day=1) - timedelta(days=1)
            return last.replace(day=1), last


@dataclass(frozen=True, slots=True)
class Drill:
    """What a figure leads to: rows of a ledger, of one ``kind`` or all, of one ``item`` (the business of a number).

    ``ledger`` is empty where the rows are those of the hall's own lists (cards, due, contacts): ``kind`` says which.
    """

    ledger: str
    title: str
    kind: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class LedgerState:
    """``at`` is the chosen figure among those that lead somewhere, ``row`` the chosen row, ``opened`` shows it alone.

    ``asked`` is the last question that waits for its answer, ``trouble`` the code of what came instead of one.
    """

    span: Span = Span.TODAY
    at: int = 0
    figures: Ledgers | None = None
    drill: Drill | None = None
    page: LedgerPage | None = None
    rows: tuple[LedgerRow, ...] = ()
    row: int = 0
    opened: bool = False
    case: CaseSeen | None = None
    asked: LedgerQuestion | None = None
    trouble: str = ""
