"""Cards of the electronic supervision and the dates a calendar year changed, as they go over the wire."""

from typing import Annotated

import msgspec

from sync.protocol.messages import Message

MOST_WORDS = 200
Words = Annotated[str, msgspec.Meta(min_length=1, max_length=MOST_WORDS)]


class CardRow(Message, frozen=True):
    """One card (``app.domain.supervision.Card``); it names case numbers and clerks, no citizen."""

    card_id: str
    rule: str
    level: str
    subject: str
    window: str
    clerk: str
    told: list[str]
    due: str | None
    raised_ms: int
    acknowledged_ms: int | None
    acknowledged_by: str | None
    closed_ms: int | None
    closed_by: str | None
    closed_as: str | None
    words: str


class CardRows(Message, frozen=True):
    """The cards that hang and those closed lately, newest first."""

    cards: list[CardRow]


class CardAnswer(Message, frozen=True):
    """How a card was handled, or why it is withdrawn."""

    words: Words


class GrievanceSeen(Message, frozen=True):
    """A grievance (``app.domain.grievance``) whole, for who calls the citizen back or answers the complaint."""

    number: str
    kind: str
    window: str
    received_ms: int
    contact_due: str | None
    reply_due: str
    named: bool
    name: str
    phone: str
    words: str
    wish: str


class LimitDates(Message, frozen=True):
    """The days of a case's limits, ISO; ``provisional`` while a year they touch is not announced."""

    promised_due: str | None
    statutory_due: str | None
    notice_due: str | None
    provisional: bool


class CalendarChange(Message, frozen=True):
    """What a calendar year changed in one open case."""

    case_no: str
    window: str
    year: int
    at_ms: int
    old: LimitDates
    new: LimitDates


class CalendarChanges(Message, frozen=True):
    """Such changes, newest first."""

    changes: list[CalendarChange]
