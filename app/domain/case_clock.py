"""What moved the limits of a case: its start, the suspensions, the extension; and the due dates that follow.

Source: Administrative Licensing Law arts. 32(1)(4), 42, 45, 82; domain.md section 5, table and rules 1 to 6.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.domain import deadline
from app.domain.calendar import WorkCalendar
from app.domain.case import Case, CaseState
from app.domain.catalogue.item import JOINT_FLAG, Extension, Item, Limit
from app.domain.deadline import Due
from app.domain.limit_unit import LimitUnit
from app.domain.record import plain

FROM_ACCEPTANCE = frozenset({"", "受理"})
"""Starts of a limit that mean the acceptance itself."""

FROM_RECEIPT = frozenset({"收到", "收到申请", "收到材料", "收到全部信息"})
"""Starts that mean the day the papers came; any other start is an event that somebody has to report."""

EXTENDED_BY = Extension(10, LimitUnit.WORKING_DAYS, "本机关负责人")
"""What art. 42(1) allows where the item's own law sets no other figure."""

SINGLE_LIMIT = Limit(20, LimitUnit.WORKING_DAYS, "受理", "《中华人民共和国行政许可法》第四十二条第一款", EXTENDED_BY)
JOINT_LIMIT = Limit(
    45,
    LimitUnit.WORKING_DAYS,
    "受理",
    "《中华人民共和国行政许可法》第四十二条第二款",
    Extension(15, LimitUnit.WORKING_DAYS, "本级人民政府负责人"),
)


@dataclass(frozen=True, slots=True)
class Suspension:
    """A procedure whose days do not count: ``first`` to ``last``, both included, ISO; ``doc_no`` is its notice.

    ``printed_ms`` is when the printing of the notice was confirmed, UTC milliseconds; None while it only is announced.
    """

    procedure: str
    basis: str
    first: str
    last: str
    doc_no: str
    printed_ms: int | None = None

    @property
    def days(self) -> deadline.Suspension:
        """First and last day as dates."""
        return date.fromisoformat(self.first), date.fromisoformat(self.last)


@dataclass(frozen=True, slots=True)
class Extended:
    """The one extension: ``days`` in ``unit`` more, since ``on`` (ISO), by the word of the person ``approver``."""

    days: int
    unit: LimitUnit
    approver: str
    doc_no: str
    on: str


@dataclass(frozen=True, slots=True)
class CaseClock:
    """What a case carries in ``Case.clock``; it names no person but by their clerk's number.

    ``deemed`` is the day at whose 00:00 silence accepted, ``started`` the day of the event the statutory limit starts
    at, ``calendar`` the year tables that the due dates rest on (``WorkCalendar.version``).
    """

    calendar: str = ""
    deemed: str | None = None
    started: str | None = None
    announced: Suspension | None = None
    suspensions: tuple[Suspension, ...] = ()
    extension: Extended | None = None

    def to_json(self) -> dict[str, Any]:
        """Return it as plain JSON."""
        return {
            **plain(self),
            "announced": None if self.announced is None else plain(self.announced),
            "suspensions": [plain(each) for each in self.suspensions],
            "extension": None if self.extension is None else plain(self.extension),
        }


@dataclass(frozen=True, slots=True)
class Ends:
    """The ends of the promised and of the statutory limit; None where there is none, or its clock has not started."""

    promised: Due | None
    statutory: Due | None

    @property
    def provisional(self) -> bool:
        """Whether a year they touch is not announced (暂定)."""
        return any(each.provisional for each in (self.promised, self.statutory) if each)


def clock_of(case: Case) -> CaseClock:
    """Return what moved the limits of a case.

    Raises:
        KeyError, TypeError, ValueError: it is not one that ``CaseClock.to_json`` wrote.
    """
    value = case.clock
    if not value:
        return CaseClock()
    announced, extension = value.get("announced"), value.get("extension")
    return CaseClock(
        calendar=str(value.get("calendar", "")),
        deemed=value.get("deemed"),
        started=value.get("started"),
        announced=None if announced is None else _suspension(announced),
        suspensions=tuple(_suspension(each) for each in value.get("suspensions", ())),
        extension=None if extension is None else Extended(**{**extension, "unit": LimitUnit(extension["unit"])}),
    )


def days_stopped(clock: Mapping[str, Any] | None) -> list[deadline.Suspension]:
    """Return first and last day of every suspension of a clock as a mirrored case carries it."""
    stopped = clock.get("suspensions", ()) if clock else ()
    return [(date.fromisoformat(each["first"]), date.fromisoformat(each["last"])) for each in stopped]


def statutory_limit(item: Item) -> Limit:
    """Return the statutory limit of an item: its own, else for a licence that of art. 42 (20, jointly 45)."""
    if item.statutory_limit.days is not None or not item.is_licence:
        return item.statutory_limit
    return JOINT_LIMIT if JOINT_FLAG in item.flags else SINGLE_LIMIT


def extension_of(item: Item) -> Extension | None:
    """Return by how much the item's limit may be extended: as published, else for a licence as art. 42 allows."""
    limit = statutory_limit(item)
    if limit.extension is not None or not item.is_licence:
        return limit.extension
    return JOINT_LIMIT.extension if JOINT_FLAG in item.flags else EXTENDED_BY


def start_of(limit: Limit, case: Case) -> date | None:
    """Return the day a limit runs from, which itself does not count; None until its event has happened."""
    if limit.start in FROM_ACCEPTANCE:
        return date.fromisoformat(case.accepted_on)
    if limit.start in FROM_RECEIPT:
        # After a supplement notice the papers are complete only with what was handed in then.
        received = case.accepted_on if case.notice or case.received_on is None else case.received_on
        return date.fromisoformat(received)
    started = clock_of(case).started
    return None if started is None else date.fromisoformat(started)


def ends(item: Item, case: Case, calendar: WorkCalendar) -> Ends:
    """Return where the limits of an accepted case end, with everything that moved them.

    Raises:
        LimitRefusedError: a published limit cannot be counted.
    """
    clock = clock_of(case)
    pauses = [each.days for each in clock.suspensions]
    promised = _end(item.promised_limit, case, calendar, pauses)
    limit = statutory_limit(item)
    statutory = _end(limit, case, calendar, pauses)
    more = clock.extension
    if statutory is not None and more is not None and limit.days is not None:
        start = start_of(limit, case)
        if more.unit is limit.unit and start is not None:
            statutory = deadline.due(start, limit.days + more.days, limit.unit, calendar, pauses)
        else:
            statutory = deadline.due(statutory.date, more.days, more.unit, calendar, pauses)
    return Ends(promised, statutory)


def counted(item: Item, case: Case, calendar: WorkCalendar) -> Case:
    """Return the accepted case with its due dates counted (again); the same object when nothing changed."""
    found = ends(item, case, calendar)
    version = max((each.calendar_version for each in (found.promised, found.statutory) if each), key=len, default="")
    clock = replace(clock_of(case), calendar=version).to_json()
    dates = (_iso(found.promised), _iso(found.statutory), found.provisional)
    if dates == (case.promised_due, case.statutory_due, case.provisional) and clock == case.clock:
        return case
    return replace(
        case, promised_due=dates[0], statutory_due=dates[1], provisional=dates[2], notice_due=None, clock=clock
    )


def answer_awaited(case: Case, calendar: WorkCalendar) -> Case:
    """Return the received case with the last day to answer it, from which silence is counted (art. 32(1)(4))."""
    answer = deadline.deemed_accepted(date.fromisoformat(case.accepted_on), calendar).notice_due
    clock = replace(clock_of(case), calendar=answer.calendar_version).to_json()
    return replace(case, notice_due=_iso(answer), provisional=answer.provisional, clock=clock)


def recounted(item: Item, case: Case, calendar: WorkCalendar) -> Case:
    """Return the open case as another calendar counts it: its due dates, or while it is received the day of answer."""
    if case.state is CaseState.RECEIVED and case.notice_due is not None:
        return answer_awaited(case, calendar)
    if case.promised_due is None and case.statutory_due is None:
        return case
    return counted(item, case, calendar)


def not_started(item: Item, case: Case) -> bool:
    """Whether the statutory limit waits for its event (未起算)."""
    limit = statutory_limit(item)
    return limit.days is not None and start_of(limit, case) is None


def with_clock(case: Case, clock: CaseClock) -> Case:
    """Return the case with this clock."""
    return replace(case, clock=clock.to_json())


def _end(limit: Limit, case: Case, calendar: WorkCalendar, pauses: list[deadline.Suspension]) -> Due | None:
    start = start_of(limit, case)
    if limit.days is None or start is None:
        return None
    return deadline.due(start, limit.days, limit.unit, calendar, pauses)


def _suspension(value: Mapping[str, Any]) -> Suspension:
    return Suspension(**value)


def _iso(due: Due | None) -> str | None:
    return None if due is None else due.date.isoformat()
