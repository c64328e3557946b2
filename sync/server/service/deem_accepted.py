"""What time alone does to cases: silence accepts (Licensing Law art. 32(1)(4)), a suspension ends with its last day.

A pass looks at the cases an index names, one transaction a case: it may stop anywhere and be run again.
"""

import logging
from collections.abc import Callable
from datetime import date

from app.domain.calendar import WorkCalendar
from app.domain.case import CASE, Case, CaseEvent
from app.domain.case_clock import clock_of
from app.domain.catalogue.item import Item
from app.domain.clock_moves import deemed, over, resumed
from app.ports.clock import new_id
from sync.server.service.context import Context
from sync.server.service.held_case import Unreadable, calendar_of, held_case, item_of, keep
from sync.server.storage import case_clocks, case_events, feed
from sync.server.storage.case_events import CaseEventRow
from sync.server.storage.engine import Transaction

logger = logging.getLogger(__name__)

Move = Callable[[Case, Item, WorkCalendar, date], Case | None]


class TimePass:
    """Moves what is due; ``settled`` are received cases that silence never accepts, so that none is opened twice."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._settled: dict[tuple[str, str], int] = {}

    def run(self, hall: str) -> int:
        """Move what is due in a hall today; returns how many cases moved."""
        day = self._context.today()
        silent, paused = self._context.storage.read(
            lambda connection: (
                case_clocks.unanswered(connection, hall, day),
                case_clocks.suspended(connection, hall),
            )
        )
        moved = 0
        for case_id, rev in silent:
            if self._settled.get((hall, case_id)) != rev:
                done = self._move(hall, case_id, case_events.DEEMED, _deemed)
                moved += done
                if not done:
                    self._settled[hall, case_id] = rev
        moved += sum(self._move(hall, case_id, case_events.RESUMED, _resumed) for case_id in paused)
        if moved:
            self._context.changed(hall)
        return moved

    def _move(self, hall: str, case_id: str, kind: str, move: Move) -> bool:
        context = self._context

        def work(connection: Transaction) -> bool:
            held = held_case(context, connection, hall, case_id)
            item = item_of(context, connection, held.case)
            case = move(held.case, item, calendar_of(connection, hall), date.fromisoformat(context.today()))
            if case is None:
                return False
            detail = {
                "on": clock_of(case).deemed or context.today(),
                "accepted_on": case.accepted_on,
                "promised_due": case.promised_due,
                "statutory_due": case.statutory_due,
            }
            row = CaseEventRow(new_id(context.clock), context.clock.now_ms(), case_id, case.case_no, kind, detail)
            case_events.add(connection, hall, row)
            feed.append(connection, hall, [keep(context, connection, held, case)])
            return True

        try:
            return context.storage.write(work)
        except (Unreadable, ValueError):
            logger.warning("time_pass.unreadable hall=%s case=%s", hall, case_id)
            return False


def _deemed(case: Case, item: Item, calendar: WorkCalendar, today: date) -> Case | None:
    if not CASE.allows(case.state, CaseEvent.DEEM_ACCEPTED):
        return None
    return deemed(case, item, calendar, today)


def _resumed(case: Case, item: Item, calendar: WorkCalendar, today: date) -> Case | None:
    if not CASE.allows(case.state, CaseEvent.RESUME) or not over(case, today):
        return None
    return resumed(case, item, calendar, today)
