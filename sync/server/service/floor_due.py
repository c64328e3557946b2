"""The cases whose promised limit is near or over, as the floor manager's view shows them."""

from collections.abc import Sequence
from datetime import date

from app.domain.calendar import WorkCalendar
from app.domain.calendar_document import table_from_json
from app.domain.deadline import Light, LightLimits, light
from app.domain.floor import Level
from sync.protocol.floor_messages import FloorCard, FloorDue
from sync.server.service.hall_plan import HallPlan
from sync.server.storage import catalogue
from sync.server.storage.engine import Transaction
from sync.server.storage.floor_day import RunningCase

CARDS = {Light.RED: Level.RED, Light.YELLOW: Level.YELLOW}
"""Which lights make a card, and of which level."""


def lights_of(
    connection: Transaction, hall: str, cases: Sequence[RunningCase], today: date, limits: LightLimits
) -> list[Light]:
    """Return the light of every case, in their order."""
    calendar = WorkCalendar([table_from_json(each["table"]) for each in catalogue.years(connection, hall)])
    return [
        light(
            date.fromisoformat(each.accepted_on),
            today,
            date.fromisoformat(each.promised_due),
            calendar,
            [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in each.pauses],
            limits=limits,
        )
        for each in cases
    ]


def due_row(each: RunningCase, plan: HallPlan) -> FloorDue:
    """Return a case whose promised day is today."""
    name = plan.floor.items.get(each.item_id, each.item_id)
    return FloorDue(case_no=each.case_no, item=name, window=each.window, state=each.state)


def card_row(each: RunningCase, light_now: Light, plan: HallPlan) -> FloorCard:
    """Return a case whose light makes a card."""
    return FloorCard(
        case_no=each.case_no,
        item=plan.floor.items.get(each.item_id, each.item_id),
        window=each.window,
        state=each.state,
        due=each.promised_due,
        level=CARDS[light_now].value,
    )
