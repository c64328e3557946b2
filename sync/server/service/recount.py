"""Counts the limits of open cases again when a calendar year arrives, and keeps what changed (domain rule L06).

Which cases rest on another edition of a year stands in clear; each batch is a transaction of its own, so that nobody
waits long, and what was cut off is found again at the next round.
"""

import logging
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from app.domain.calendar import WorkCalendar
from app.domain.case import Case
from app.domain.case_clock import recounted
from app.ports.clock import new_id
from sync.server.service.context import Context
from sync.server.service.held_case import Unreadable, calendar_of, held_case, item_of, keep
from sync.server.storage import case_clocks, case_events, feed
from sync.server.storage.case_clocks import ClearCase
from sync.server.storage.case_events import CaseEventRow
from sync.server.storage.engine import Transaction
from sync.server.storage.feed import Change

logger = logging.getLogger(__name__)

BATCH = 25
_TOLD = ("promised_due", "statutory_due", "notice_due", "provisional")
"""What the list of changes shows; another edition of a table that moves no date is no change."""


def recount(context: Context, hall: str) -> int:
    """Count every open case again that rests on another edition of a year; returns in how many a date changed."""

    def look(connection: Transaction) -> tuple[WorkCalendar, list[tuple[str, int]]]:
        calendar = calendar_of(connection, hall)
        stale = ((each.case_id, _other_year(each, calendar)) for each in case_clocks.clear_cases(connection, hall))
        return calendar, [(case_id, year) for case_id, year in stale if year is not None]

    calendar, stale = context.storage.read(look)
    moved = 0
    for first in range(0, len(stale), BATCH):
        batch = stale[first : first + BATCH]
        moved += context.storage.write(partial(_recount, context, hall=hall, batch=batch, calendar=calendar))
    return moved


def _recount(
    context: Context, connection: Transaction, *, hall: str, batch: Sequence[tuple[str, int]], calendar: WorkCalendar
) -> int:
    changes = list[Change]()
    moved = 0
    for case_id, year in batch:
        try:
            held = held_case(context, connection, hall, case_id)
            after = recounted(item_of(context, connection, held.case), held.case, calendar)
        except (Unreadable, ValueError):
            logger.warning("recount.unreadable hall=%s case=%s", hall, case_id)
            continue
        if after == held.case:
            continue
        changes.append(keep(context, connection, held, after))
        before, now = _told(held.case), _told(after)
        if before != now:
            moved += 1
            detail = {"year": year, "old": before, "new": now, "window": after.window}
            at_ms = context.clock.now_ms()
            row = CaseEventRow(new_id(context.clock), at_ms, case_id, after.case_no, case_events.RECOUNTED, detail)
            case_events.add(connection, hall, row)
    feed.append(connection, hall, changes)
    return moved


def _other_year(case: ClearCase, calendar: WorkCalendar) -> int | None:
    """Return the first year of which a case rests on another edition than the one in force."""
    for each in str((case.clock or {}).get("calendar", "")).split():
        year, _, edition = each.partition(".")
        if year.isdecimal() and edition != str(calendar.table(int(year)).version):
            return int(year)
    return None


def _told(case: Case) -> Mapping[str, Any]:
    return {name: getattr(case, name) for name in _TOLD}
