"""What a window says about cases: taken in, ended on the spot, papers printed again."""

from dataclasses import dataclass, fields
from typing import Any, Literal

from app.domain.canonical import canonical_json
from app.domain.case import CASE, Case, CaseEvent, CaseState
from app.domain.operation import Operation
from app.domain.record import plain
from app.domain.serials import CaseNumber, InvalidSerialError
from sync.server.service.case_clock_check import check_clock, told_in_time
from sync.server.service.desk import Desk, Parked, Reason, payload_of
from sync.server.service.event_cards import card_of_second_notice, notice_before
from sync.server.service.former_ops import is_of
from sync.server.service.hall_plan import ALL_ITEMS
from sync.server.service.index_cases import words_of_case
from sync.server.service.merge_case import INSIDE, NOW, Together, bookkeeping, together
from sync.server.service.mirror import case_change
from sync.server.service.published_case import check_published
from sync.server.service.rating import invite_rating
from sync.server.storage import case_words, cases, copies
from sync.server.storage.cases import DuplicateNumber, MirroredCase
from sync.server.storage.clerks import Profile
from sync.server.storage.feed import Change

_MAX_TEXT = 64


@dataclass(frozen=True, slots=True)
class _Handwritten:
    slip: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Diverted:
    slip: str
    way: Literal["other", "a4"]
    reason: str


@dataclass(frozen=True, slots=True)
class _Reprinted:
    slip: str
    reprint: int
    reason: str


def case_accepted(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Take the case in."""
    return put_case(desk, operation, actor, CaseEvent.ACCEPT)


def case_completed(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Take the case in and end it on the spot."""
    return put_case(desk, operation, actor, CaseEvent.COMPLETE)


def case_received(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Take the papers in; whether they are accepted is decided behind the window."""
    return put_case(desk, operation, actor, CaseEvent.RECEIVE)


def case_noticed(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Let the case wait for what is missing; a second list with something new on it raises a card (domain rule I44)."""
    before = notice_before(desk, operation)
    changes = put_case(desk, operation, actor, CaseEvent.NOTICE_SUPPLEMENT)
    return [*changes, *card_of_second_notice(desk, operation, before)]


def case_supplemented(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Take in what was missing."""
    return put_case(desk, operation, actor, CaseEvent.SUPPLEMENT)


def slip_reprinted(_desk: Desk, operation: Operation, _actor: Profile) -> list[Change]:
    """Keep the record; the log itself is the register of reprints."""
    payload_of(operation, _Reprinted)
    return []


def slip_handwritten(_desk: Desk, operation: Operation, _actor: Profile) -> list[Change]:
    """Keep the record; the log itself is the register of papers written by hand."""
    payload_of(operation, _Handwritten)
    return []


def slip_diverted(_desk: Desk, operation: Operation, _actor: Profile) -> list[Change]:
    """Keep the record; the log itself is the register of papers that came out another way."""
    payload_of(operation, _Diverted)
    return []


def put_case(desk: Desk, operation: Operation, actor: Profile, event: CaseEvent) -> list[Change]:
    """Take the case as the window recorded it, if the event leads there from what the server holds."""
    case = payload_of(operation, Case)
    _check_origin(desk, operation, case)
    check_published(desk, case, event)
    if ALL_ITEMS not in actor.items and case.item_id not in actor.items:
        raise Parked(Reason.FORBIDDEN_ACTOR)
    held = desk.known.case(desk.connection, desk.hall, case.case_id)
    late = told_in_time(held, operation, event)
    if held is None and operation.base_rev is not None:
        raise Parked(Reason.STALE_REV)
    both = together(desk, operation, case, held, event, late=late) if held else Together(case, {}, NOW)
    case = both.case
    begins = CaseState.CONSULTING if event is CaseEvent.RECEIVE else CaseState.RECEIVED
    if CASE.after(held.state if held and not late else begins, event) is not case.state:
        raise Parked(Reason.ILLEGAL_TRANSITION)
    check_clock(case, None if late else held)
    invite_rating(desk, case, actor.clerk)
    mirrored = _mirrored(case, rev=held.rev + 1 if held else 1)
    record = {**operation.payload, **plain(case), **{name: both.before.get(name) for name in INSIDE}}
    record |= bookkeeping(both.before, record, both.seen, mirrored.rev)
    if case.visit_id:
        copies.link_case(desk.connection, desk.hall, case.visit_id, case.case_id)
    sealed = desk.context.cipher.seal(canonical_json(record), f"case/{desk.hall}/{case.case_id}")
    if held:
        cases.replace(desk.connection, mirrored, sealed)
        case_words.replace(desk.connection, words_of_case(desk.context, mirrored, record))
        return [case_change(mirrored)]
    try:
        words = words_of_case(desk.context, mirrored, operation.payload)
        desk.known.add_case(desk.connection, mirrored, sealed, words)
    except DuplicateNumber as error:
        raise Parked(Reason.DUPLICATE_NUMBER) from error
    return [case_change(mirrored)]


def _check_origin(desk: Desk, operation: Operation, case: Case) -> None:
    """A counter speaks of its own cases, under numbers of its own series."""
    try:
        number = CaseNumber.parse(case.case_no)
    except InvalidSerialError as error:
        raise Parked(Reason.MALFORMED_PAYLOAD) from error
    origin = (case.case_id, case.hall, case.window, number.counter)
    told = (operation.entity_id, desk.hall, desk.window, case.counter)
    if origin != told or not is_of(desk, operation, case.counter):
        raise Parked(Reason.MALFORMED_PAYLOAD)


def _mirrored(case: Case, rev: int) -> MirroredCase:
    values: dict[str, Any] = {field.name: getattr(case, field.name) for field in fields(MirroredCase)}
    texts = [value for value in values.values() if isinstance(value, str)]
    if not all(len(text) <= _MAX_TEXT and text.isprintable() for text in texts):
        raise Parked(Reason.MALFORMED_PAYLOAD)
    return MirroredCase(**{**values, "rev": rev})
