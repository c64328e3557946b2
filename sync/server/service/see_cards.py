"""The cards of a hall and the dates a calendar year changed, for those who answer for them; numbers, never citizens."""

from datetime import date

from app.domain.business_day import start_of_day_ms
from app.domain.calendar import ONE_DAY
from app.domain.rights import Act
from app.domain.supervision import Card
from sync.protocol.card_messages import CalendarChange, CalendarChanges, CardRow, CardRows, LimitDates
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.storage import cards, case_events
from sync.server.storage.case_events import CaseEventRow

MOST = 500
"""Rows of one answer."""
SHOWN_DAYS = 30
"""So long a closed card is shown; the table keeps it for ever."""


def hall_cards(context: Context, caller: Caller, hall: str) -> CardRows:
    """Return the cards that hang and those closed lately, newest first.

    Raises:
        Refused: ``forbidden`` or ``unknown_hall``.
    """
    caller.require(Act.SEE_CARDS, hall)
    since_ms = start_of_day_ms(date.fromisoformat(context.today()) - SHOWN_DAYS * ONE_DAY)
    found = context.storage.read(lambda connection: cards.since(connection, hall, since_ms, MOST))
    return CardRows(cards=[_row(each) for each in found])


def calendar_changes(context: Context, caller: Caller, hall: str) -> CalendarChanges:
    """Return what arriving calendar years changed in open cases, newest first: number, old and new days (rule L06).

    Raises:
        Refused: ``forbidden`` or ``unknown_hall``.
    """
    caller.require(Act.SEE_CALENDAR_CHANGES, hall)
    found = context.storage.read(lambda connection: case_events.newest(connection, hall, case_events.RECOUNTED, MOST))
    return CalendarChanges(changes=[_change(each) for each in found])


def _row(card: Card) -> CardRow:
    return CardRow(
        card_id=card.card_id,
        rule=card.rule.value,
        level=card.level.value,
        subject=card.subject,
        window=card.window,
        clerk=card.clerk,
        told=[each.value for each in card.told],
        due=card.due,
        raised_ms=card.raised_ms,
        acknowledged_ms=card.acknowledged_ms,
        acknowledged_by=card.acknowledged_by,
        closed_ms=card.closed_ms,
        closed_by=card.closed_by,
        closed_as=None if card.closed_as is None else card.closed_as.value,
        words=card.words,
    )


def _change(event: CaseEventRow) -> CalendarChange:
    return CalendarChange(
        case_no=event.case_no,
        window=event.detail["window"],
        year=event.detail["year"],
        at_ms=event.at_ms,
        old=LimitDates(**event.detail["old"]),
        new=LimitDates(**event.detail["new"]),
    )
