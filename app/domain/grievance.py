"""What citizens hold against the hall: a bad rating with a telephone left, a complaint; by when they hear from it.

Source: domain.md rules L08 (差评), I39 and I40 (投诉), section 5; the lengths are the card rules of the catalogue.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.calendar import WorkCalendar
from app.domain.deadline import Due, due
from app.domain.limit_unit import LimitUnit
from app.domain.rating import Grade
from app.domain.supervision import CardRule, Rules


class GrievanceKind(StrEnum):
    """差评 or 投诉."""

    BAD_RATING = "bad_rating"
    COMPLAINT = "complaint"


@dataclass(frozen=True, slots=True)
class Grievance:
    """One grievance in clear: no name, no telephone, no words; those are under seal.

    ``window`` is the one it is about, empty where it is about none; ``received_ms`` UTC milliseconds. ``contact_due``
    and ``reply_due`` are the last days, ISO, to call and to answer; a complaint has no day to call. ``named`` (实名)
    means that somebody waits for the answer.
    """

    number: str
    kind: GrievanceKind
    window: str
    received_ms: int
    contact_due: str | None
    reply_due: str
    named: bool


@dataclass(frozen=True, slots=True, repr=False)
class Said:
    """What is under seal; no repr, for it names persons."""

    name: str = ""
    phone: str = ""
    words: str = ""
    wish: str = ""


def is_bad(grade: Grade) -> bool:
    """Say whether a grade is a 差评: 不满意 or 非常不满意."""
    return grade <= Grade.DISSATISFIED


def within(rule: CardRule, today: date, rules: Rules, calendar: WorkCalendar) -> Due:
    """Return the last day to do what the rule asks for: its working days, today not counted."""
    days = rules.rules[rule].amount
    if days == 0:
        return Due(today, calendar.is_provisional(today, today), calendar.version(today, today))
    return due(today, days, LimitUnit.WORKING_DAYS, calendar)
