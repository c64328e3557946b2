"""What a page says of its hall: names of centre and departments, where windows stand, and whom to ring."""

from collections.abc import Mapping
from dataclasses import dataclass

from sync.server.service.contacts import Office
from sync.server.service.context import Context
from sync.server.service.refusals import refusal
from sync.server.storage import halls
from sync.server.storage.engine import Transaction


@dataclass(frozen=True, slots=True)
class HallFacts:
    """``zones`` maps a window to where it stands; everything is empty before the first catalogue."""

    centre: str
    tel: str
    efficacy_tel: str
    departments: Mapping[str, Office]
    zones: Mapping[str, str]
    priorities: tuple[str, ...]


def hall_facts(context: Context, hall: str) -> HallFacts:
    """Return the facts of the newest catalogue in force.

    Raises:
        Refused: ``unknown_hall``.
    """

    def work(connection: Transaction) -> HallFacts:
        if halls.get(connection, hall) is None:
            raise refusal("unknown_hall")
        plan = context.plan(connection, hall)
        return HallFacts(
            centre=plan.place.name,
            tel=plan.place.hall_tel,
            efficacy_tel=plan.contacts.efficacy_tel,
            departments=plan.contacts.offices,
            zones=plan.place.zones,
            priorities=tuple(plan.priorities.values()),
        )

    return context.storage.read(work)
