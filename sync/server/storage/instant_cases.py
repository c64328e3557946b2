"""Instant cases (即办件) for the floor manager: which came today, and which are still open (domain rule I05)."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, or_, select

from app.domain.case import CaseState
from sync.server.storage.floor_day import ENDED
from sync.server.storage.tables import case

DONE = frozenset({CaseState.DELIVERED, CaseState.ARCHIVED})
_NOT_OURS_TO_END = (*ENDED, CaseState.SUPPLEMENT_NOTICED)


@dataclass(frozen=True, slots=True)
class InstantCase:
    """One case; ``today``: it came today."""

    case_no: str
    window: str
    state: CaseState
    today: bool

    @property
    def open(self) -> bool:
        """Whether the window still owes the outcome; one that waits for the citizen's papers does not."""
        return self.state not in _NOT_OURS_TO_END


def instant_cases(connection: Connection, hall: str, items: Collection[str], day: str) -> list[InstantCase]:
    """Return those that came on the ISO day and those that are still open, by window and number."""
    rows = connection.execute(
        select(case.c.case_no, case.c.window, case.c.state, case.c.received_on)
        .where(case.c.hall == hall, case.c.item_id.in_(list(items)))
        .where(or_(case.c.received_on == day, case.c.state.not_in(_NOT_OURS_TO_END)))
        .order_by(case.c.window, case.c.case_no)
    )
    return [InstantCase(row.case_no, row.window, CaseState(row.state), row.received_on == day) for row in rows]
