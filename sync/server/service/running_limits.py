"""The limits that run in a hall, read from what stands in clear: answer, promise, statute, and the step under way."""

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from app.domain.business_day import business_date
from app.domain.calendar import WorkCalendar
from app.domain.case import CaseState
from app.domain.deadline import Suspension, due
from app.domain.limit_unit import LimitUnit
from app.domain.supervision import LimitKind, RunningLimit
from sync.server.service.context import Context
from sync.server.storage import case_clocks
from sync.server.storage.case_clocks import ClearCase
from sync.server.storage.engine import Transaction

logger = logging.getLogger(__name__)

_WORKDAYS = re.compile(r"([0-9]{1,3})个工作日")


def running_limits(context: Context, connection: Transaction, hall: str, calendar: WorkCalendar) -> list[RunningLimit]:
    """Return every limit that runs, the first of a case first."""
    steps = context.plan(connection, hall).floor.steps
    found: list[RunningLimit] = []
    for each in case_clocks.clear_cases(connection, hall):
        try:
            found += _limits_of(each, steps, calendar)
        except (KeyError, ValueError):
            # A faulty counter's days: this case is left out, the others are looked at.
            logger.warning("running_limits.unreadable hall=%s case=%s", hall, each.case_id)
    return found


def _limits_of(case: ClearCase, steps: Mapping[str, tuple[str, ...]], calendar: WorkCalendar) -> Iterator[RunningLimit]:
    clock: Mapping[str, Any] = case.clock or {}
    pauses = [
        (date.fromisoformat(each["first"]), date.fromisoformat(each["last"])) for each in clock.get("suspensions", ())
    ]
    accepted = date.fromisoformat(case.accepted_on)
    if case.state is CaseState.RECEIVED:
        if case.notice_due is not None:
            yield _limit(case, LimitKind.ANSWER, accepted, case.notice_due)
        return
    if case.state is not CaseState.GRANTED:
        if case.promised_due is not None:
            yield replace(_limit(case, LimitKind.PROMISED, accepted, case.promised_due), pauses=pauses)
        if case.statutory_due is not None and case.statutory_due != case.promised_due:
            started = date.fromisoformat(clock.get("started") or case.accepted_on)
            yield replace(_limit(case, LimitKind.STATUTORY, started, case.statutory_due), pauses=pauses)
    yield from _step(case, steps.get(case.item_id, ()), pauses, calendar)


def _step(
    case: ClearCase, published: tuple[str, ...], pauses: list[Suspension], calendar: WorkCalendar
) -> Iterator[RunningLimit]:
    """Return the step the case is in: the first published one is the intake, the last one making the result."""
    if case.since_ms is None or len(published) < 2:  # noqa: PLR2004 - intake and result at least
        return
    texts = {CaseState.REVIEWING: published[1:-1], CaseState.GRANTED: published[-1:]}.get(case.state, ())
    days = [_WORKDAYS.fullmatch(each) for each in texts]
    allowed = sum(int(each[1]) for each in days if each)
    if not allowed or not all(days):
        return
    began = business_date(case.since_ms)
    end = due(began, allowed, LimitUnit.WORKING_DAYS, calendar, pauses)
    yield replace(_limit(case, LimitKind.STEP, began, end.date.isoformat()), pauses=pauses)


def _limit(case: ClearCase, kind: LimitKind, start: date, end: str) -> RunningLimit:
    return RunningLimit(case.case_id, case.case_no, case.window, kind, start, date.fromisoformat(end))
