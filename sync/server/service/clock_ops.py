"""What a reviewer says about the limits of a case: the server counts the dates itself, on the record it holds.

Such an operation carries the fact; it may come from another counter than the one that took the case in.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from app.domain.business_day import business_date
from app.domain.calendar import WorkCalendar
from app.domain.case import Case
from app.domain.case_clock import Extended, Suspension
from app.domain.catalogue.item import Item
from app.domain.clock_moves import (
    LONGEST_REASON,
    LONGEST_WORD,
    ClockRefused,
    announced,
    dropped,
    extended,
    proven,
    resumed,
    started,
    suspended,
)
from app.domain.operation import Operation
from app.domain.rights import Act, Role, may
from sync.server.service.desk import Desk, Parked, Reason, payload_of
from sync.server.service.hall_plan import ALL_ITEMS
from sync.server.service.held_case import Unreadable, calendar_of, held_of, item_of, keep
from sync.server.storage import clerks
from sync.server.storage.clerks import Profile
from sync.server.storage.feed import Change

Move = Callable[[Case, Item, WorkCalendar, date], Case]


@dataclass(frozen=True, slots=True)
class _Announced:
    suspension: Suspension


@dataclass(frozen=True, slots=True)
class _Suspended:
    doc_no: str
    printed_ms: int


@dataclass(frozen=True, slots=True)
class _Extended:
    extension: Extended
    reason: str


@dataclass(frozen=True, slots=True)
class _On:
    on: str
    evidence: str


def suspension_announced(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Keep that the applicant is told of a procedure; the clock goes on."""
    told = payload_of(operation, _Announced).suspension
    if not _worded(told.procedure, told.basis, told.doc_no):
        raise Parked(Reason.MALFORMED_PAYLOAD)
    _dates(told.first, told.last)
    return _move(desk, operation, actor, lambda case, item, calendar, day: announced(case, item, told, calendar, day))


def suspension_dropped(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Keep that an announcement was taken back."""
    return _move(desk, operation, actor, lambda case, _item, _calendar, _day: dropped(case))


def case_suspended(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Stop the clock; without an announcement whose notice came out, nothing stops (domain rule L04)."""
    printed_ms = payload_of(operation, _Suspended).printed_ms
    if not 0 < printed_ms <= operation.wall_ms:
        raise Parked(Reason.MALFORMED_PAYLOAD)
    return _move(
        desk, operation, actor, lambda case, item, calendar, day: suspended(case, item, calendar, day, printed_ms)
    )


def case_resumed(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Let the clock run again."""
    return _move(desk, operation, actor, resumed)


def case_extended(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Extend the limit once; the approver has the right and is another person (domain rule L03)."""
    said = payload_of(operation, _Extended)
    told = said.extension
    if not _worded(told.doc_no, said.reason) or len(said.reason) > LONGEST_REASON or told.on != _day(operation):
        raise Parked(Reason.MALFORMED_PAYLOAD)
    approver = clerks.get(desk.connection, desk.hall, told.approver)
    if approver is None or approver.clerk == actor.clerk or not may(map(Role, approver.roles), Act.APPROVE_EXTENSION):
        raise Parked(Reason.FORBIDDEN_ACTOR)
    more = {"extension_reason": said.reason}
    return _move(
        desk, operation, actor, lambda case, item, calendar, _day: extended(case, item, told, calendar), more=more
    )


def limit_started(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Let the statutory limit run from the event that the catalogue names."""
    said = payload_of(operation, _On)
    (on,) = _dates(said.on)
    try:
        more = {"start_evidence": proven(said.evidence)}
    except ClockRefused as error:
        raise Parked(Reason.MALFORMED_PAYLOAD) from error
    return _move(
        desk, operation, actor, lambda case, item, calendar, day: started(case, item, on, calendar, day), more=more
    )


def _move(
    desk: Desk, operation: Operation, actor: Profile, move: Move, *, more: dict[str, str] | None = None
) -> list[Change]:
    held = held_of(desk, operation)
    if ALL_ITEMS not in actor.items and held.case.item_id not in actor.items:
        raise Parked(Reason.FORBIDDEN_ACTOR)
    try:
        item = item_of(desk.context, desk.connection, held.case)
        calendar = calendar_of(desk.connection, desk.hall)
        case = move(held.case, item, calendar, business_date(operation.wall_ms))
    except (ClockRefused, Unreadable) as error:
        raise Parked(Reason.MALFORMED_PAYLOAD) from error
    return [keep(desk.context, desk.connection, held, case, more)]


def _day(operation: Operation) -> str:
    return business_date(operation.wall_ms).isoformat()


def _dates(*texts: str) -> tuple[date, ...]:
    try:
        return tuple(date.fromisoformat(each) for each in texts)
    except ValueError as error:
        raise Parked(Reason.MALFORMED_PAYLOAD) from error


def _worded(*texts: str) -> bool:
    return all(0 < len(each.strip()) <= LONGEST_WORD and each.isprintable() for each in texts)
