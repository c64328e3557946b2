"""The acts that move the limits of a case, pure: both ends run them on the same facts and come to the same dates.

Source: Administrative Licensing Law arts. 32(1)(4), 42, 45; domain.md rules L02, L03, L04 and section 5.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from app.domain.calendar import ONE_DAY, WorkCalendar
from app.domain.case import CASE, Case, CaseEvent
from app.domain.case_clock import (
    CaseClock,
    Extended,
    Suspension,
    clock_of,
    counted,
    extension_of,
    not_started,
    with_clock,
)
from app.domain.catalogue.item import Item
from app.domain.deadline import deemed_accepted

LICENSING_LAW = "《中华人民共和国行政许可法》第四十五条"
STOPPING = ("听证", "招标", "拍卖", "检验", "检测", "检疫", "鉴定", "专家评审")
"""The closed list of art. 45. An inspection of the place (现场核查) is not on it."""
ASIDE = "（("
"""What begins a remark behind the name of a published procedure."""
LONGEST_SUSPENSION = timedelta(days=366)
LONGEST_WORD = 60
LONGEST_REASON = 60
"""Signs of the reason: what the citizen is told in one line of the notice (SL-10)."""


class ClockRefusal(StrEnum):
    """Why a limit is not moved; codes of the messages (resources/messages/clocks.toml)."""

    NO_LIMIT_RUNS = "clock_no_limit_runs"
    PROCEDURE_NOT_LISTED = "clock_procedure_not_listed"
    REVERSED = "clock_reversed"
    BACKDATED = "clock_backdated"
    TOO_LONG = "clock_too_long"
    NO_WORKDAY = "clock_no_workday"
    OVERLAPS = "clock_overlaps"
    ANNOUNCED_ALREADY = "clock_announced_already"
    NOT_ANNOUNCED = "clock_not_announced"
    NOTICE_NOT_PRINTED = "clock_notice_not_printed"
    NOTICE_TOO_LATE = "clock_notice_too_late"
    EXTENDED_ALREADY = "clock_extended_already"
    EXTENSION_TOO_LONG = "clock_extension_too_long"
    NOT_EXTENDABLE = "clock_not_extendable"
    LIMIT_OVER = "clock_limit_over"
    REASON_NEEDED = "clock_reason_needed"
    APPROVER_NEEDED = "clock_approver_needed"
    APPROVER_IS_CLERK = "clock_approver_is_clerk"
    STARTED_ALREADY = "clock_started_already"
    STARTS_BY_ITSELF = "clock_starts_by_itself"
    START_IMPOSSIBLE = "clock_start_impossible"
    EVIDENCE_NEEDED = "clock_evidence_needed"


class ClockRefused(ValueError):  # noqa: N818 - a business "no"
    """The limit is not moved; ``reason`` says why, and nothing was changed."""

    def __init__(self, reason: ClockRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure that may stop the clock of an item, and the law that says so."""

    name: str
    basis: str


@dataclass(frozen=True, slots=True)
class SuspensionAsked:
    """What the reviewer wants: the procedure by its name, first and last day, both included."""

    procedure: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class ExtensionAsked:
    """What the reviewer wants: so many days more, and the reason as the applicant is told it."""

    days: int
    reason: str


def procedures_of(item: Item) -> tuple[Procedure, ...]:
    """Return what may stop the clock of an item: the closed list on licences, and what its own published law names.

    A published procedure counts for itself only with a basis of its own: without one nobody could be told why.
    """
    own = [
        Procedure(_bare(each.name), each.basis or LICENSING_LAW)
        for each in item.special_procedures
        if not each.counts and (each.basis or (item.is_licence and _bare(each.name) in STOPPING))
    ]
    named = {each.name for each in own}
    listed = [Procedure(each, LICENSING_LAW) for each in STOPPING if item.is_licence and each not in named]
    return (*own, *listed)


def workdays(first: date, last: date, calendar: WorkCalendar) -> int:
    """Count the working days from ``first`` to ``last``, both included."""
    return sum(map(calendar.is_workday, _days(first, last)))


def announced(case: Case, item: Item, told: Suspension, calendar: WorkCalendar, today: date) -> Case:
    """Return the case with the announcement of a suspension; its clock goes on until the notice came out.

    Raises:
        ClockRefused: the procedure stops nothing, or the days make no sense.
        IllegalTransition: the case is not under review.
    """
    state = CASE.after(case.state, CaseEvent.ANNOUNCE_SUSPENSION)
    clock = clock_of(case)
    if clock.announced is not None:
        raise ClockRefused(ClockRefusal.ANNOUNCED_ALREADY)
    if case.promised_due is None and case.statutory_due is None:
        raise ClockRefused(ClockRefusal.NO_LIMIT_RUNS)
    if Procedure(told.procedure, told.basis) not in procedures_of(item):
        raise ClockRefused(ClockRefusal.PROCEDURE_NOT_LISTED)
    _check_days(told, clock, calendar, today)
    return _moved(case, replace(clock, announced=replace(told, printed_ms=None)), state=state)


def dropped(case: Case) -> Case:
    """Return the case without its announcement: the notice was voided before the clock stopped.

    Raises:
        ClockRefused: nothing was announced.
        IllegalTransition: the case is not under review.
    """
    state = CASE.after(case.state, CaseEvent.ANNOUNCE_SUSPENSION)
    clock = clock_of(case)
    if clock.announced is None:
        raise ClockRefused(ClockRefusal.NOT_ANNOUNCED)
    return _moved(case, replace(clock, announced=None), state=state)


def suspended(case: Case, item: Item, calendar: WorkCalendar, today: date, printed_ms: int | None) -> Case:
    """Return the case with its clock stopped and its due dates moved; the written notice has come out.

    Raises:
        ClockRefused: nothing was announced, its notice did not come out, or only after the first day.
        IllegalTransition: the case is not under review.
    """
    state = CASE.after(case.state, CaseEvent.SUSPEND)
    clock = clock_of(case)
    if clock.announced is None:
        raise ClockRefused(ClockRefusal.NOT_ANNOUNCED)
    if printed_ms is None:
        raise ClockRefused(ClockRefusal.NOTICE_NOT_PRINTED)
    if today > clock.announced.days[0]:
        raise ClockRefused(ClockRefusal.NOTICE_TOO_LATE)
    stopped = replace(clock.announced, printed_ms=printed_ms)
    moved = _moved(case, replace(clock, announced=None, suspensions=(*clock.suspensions, stopped)), state=state)
    return counted(item, moved, calendar)


def resumed(case: Case, item: Item, calendar: WorkCalendar, today: date) -> Case:
    """Return the case with its clock running from ``today`` on, which counts; due dates follow what was used.

    Raises:
        IllegalTransition: the clock does not stand still.
    """
    state = CASE.after(case.state, CaseEvent.RESUME)
    clock = clock_of(case)
    *before, last = clock.suspensions
    first, end = last.days
    kept = () if first >= today else (replace(last, last=min(end, today - ONE_DAY).isoformat()),)
    return counted(item, _moved(case, replace(clock, suspensions=(*before, *kept)), state=state), calendar)


def over(case: Case, today: date) -> bool:
    """Whether the suspension of a case ended before today."""
    pauses = clock_of(case).suspensions
    return bool(pauses) and pauses[-1].days[1] < today


def extended(case: Case, item: Item, told: Extended, calendar: WorkCalendar) -> Case:
    """Return the case with its one extension (art. 42).

    Raises:
        ClockRefused: it was extended before, the item allows none or less, its clock has not started, or is run out.
        IllegalTransition: the case is not under review.
    """
    state = CASE.after(case.state, CaseEvent.EXTEND)
    clock, most = clock_of(case), extension_of(item)
    if clock.extension is not None:
        raise ClockRefused(ClockRefusal.EXTENDED_ALREADY)
    if most is None or case.statutory_due is None:
        raise ClockRefused(ClockRefusal.NOT_EXTENDABLE)
    if told.unit is not most.unit or not 0 < told.days <= most.days:
        raise ClockRefused(ClockRefusal.EXTENSION_TOO_LONG)
    if told.on > case.statutory_due:
        raise ClockRefused(ClockRefusal.LIMIT_OVER)
    return counted(item, _moved(case, replace(clock, extension=told), state=state), calendar)


def started(case: Case, item: Item, on: date, calendar: WorkCalendar, today: date) -> Case:
    """Return the case with its statutory limit begun by the event the catalogue names (``from:``).

    Raises:
        ClockRefused: the limit starts by itself, has started, or not on that day.
        IllegalTransition: the case is not accepted or under review.
    """
    state = CASE.after(case.state, CaseEvent.START_LIMIT)
    clock = clock_of(case)
    if clock.started is not None:
        raise ClockRefused(ClockRefusal.STARTED_ALREADY)
    if not not_started(item, case):
        raise ClockRefused(ClockRefusal.STARTS_BY_ITSELF)
    if not date.fromisoformat(case.received_on or case.accepted_on) <= on <= today:
        raise ClockRefused(ClockRefusal.START_IMPOSSIBLE)
    return counted(item, _moved(case, replace(clock, started=on.isoformat()), state=state), calendar)


def proven(evidence: str) -> str:
    """Return what proves an event, without blanks around it.

    Raises:
        ClockRefused: nothing, or more than ``LONGEST_REASON`` signs.
    """
    words = evidence.strip()
    if not words or len(words) > LONGEST_REASON or not words.isprintable():
        raise ClockRefused(ClockRefusal.EVIDENCE_NEEDED)
    return words


def deemed(case: Case, item: Item, calendar: WorkCalendar, today: date) -> Case | None:
    """Return the case as silence accepted it, from the day of receipt; None while that has not come to pass.

    Only a licence is accepted by silence: other items have no such rule.

    Raises:
        IllegalTransition: the case is not waiting for an answer.
    """
    state = CASE.after(case.state, CaseEvent.DEEM_ACCEPTED)
    silence = deemed_accepted(date.fromisoformat(case.accepted_on), calendar)
    if not item.is_licence or today < silence.flips_on:
        return None
    moved = _moved(case, replace(clock_of(case), deemed=silence.flips_on.isoformat()), state=state)
    return replace(counted(item, moved, calendar), notice_due=None)


def _moved(case: Case, clock: CaseClock, **changes: object) -> Case:
    return replace(with_clock(case, clock), rev=case.rev + 1, **changes)  # type: ignore[arg-type]  # checked by replace


def _check_days(told: Suspension, clock: CaseClock, calendar: WorkCalendar, today: date) -> None:
    first, last = told.days
    if first > last:
        raise ClockRefused(ClockRefusal.REVERSED)
    if first < today:
        raise ClockRefused(ClockRefusal.BACKDATED)
    if last - first > LONGEST_SUSPENSION:
        raise ClockRefused(ClockRefusal.TOO_LONG)
    if any(begun <= last and first <= end for begun, end in (each.days for each in clock.suspensions)):
        raise ClockRefused(ClockRefusal.OVERLAPS)
    if not workdays(first, last, calendar):
        raise ClockRefused(ClockRefusal.NO_WORKDAY)


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += ONE_DAY


def _bare(name: str) -> str:
    """Return a published name without the remark in brackets behind it."""
    for sign in ASIDE:
        name = name.partition(sign)[0]
    return name
