"""Cards that one act raises: what was parked, a refusal without ground, a second supplement nobody allowed (I44)."""

from collections.abc import Mapping
from typing import Any

from app.domain.conflict import shown, subject_of
from app.domain.operation import Operation
from app.domain.supervision import CardRule, Wanted
from sync.server.service.desk import Desk, Reason
from sync.server.service.held_case import Unreadable, held_case
from sync.server.service.merge_case import seen_when_parked
from sync.server.service.notice_ops import allowed
from sync.server.service.raise_cards import raise_cards
from sync.server.storage import conflicts, operations
from sync.server.storage.feed import Change

_REFUSED = frozenset({"case.refused", "case.refused_inside"})
ALLOWED = "notice.extended"
"""The floor manager consented to a material beyond the one-time list (domain rule I03)."""
_LONGEST_CLERK = 32


def card_of_parked(desk: Desk, operation: Operation, reason: Reason) -> list[Change]:
    """Raise a card over what is parked, and keep it: a person has to see to it, since no program will.

    A refusal that was told without ground, facts or way on is a card of its own.
    """
    try:
        record = held_case(desk.context, desk.connection, desk.hall, operation.entity_id).record
    except Unreadable:
        record = {}
    seen = seen_when_parked(desk, operation, record)
    conflicts.add(desk.connection, operation, reason.value, seen, desk.context.clock.now_ms())
    parked = _raise(desk, operation, CardRule.PARKED)
    if operation.kind not in _REFUSED or reason is not Reason.MALFORMED_PAYLOAD:
        return parked
    return [*parked, *_raise(desk, operation, CardRule.REFUSAL)]


def notice_before(desk: Desk, operation: Operation) -> Mapping[str, Any] | None:
    """Return the notice a case had before this operation."""
    try:
        return held_case(desk.context, desk.connection, desk.hall, operation.entity_id).case.notice
    except Unreadable:
        return None


def card_of_second_notice(desk: Desk, operation: Operation, before: Mapping[str, Any] | None) -> list[Change]:
    """Raise a card when a later notice asks for materials of which the floor manager did not allow as many."""
    if before is None:
        return []
    new = _materials(operation.payload.get("notice")) - _materials(before)
    consents = operations.allowances(desk.connection, desk.hall, operation) + _allowed_now(desk, operation)
    return _raise(desk, operation, CardRule.SECOND_SUPPLEMENT) if len(new) > consents else []


def _allowed_now(desk: Desk, operation: Operation) -> int:
    """Return how many materials were allowed just before, within this push: the log does not have them yet."""
    return sum(
        (each.kind, each.entity_id) == (ALLOWED, operation.entity_id) and allowed(desk, each)
        for each in desk.batch
        if each.seq < operation.seq
    )


def _raise(desk: Desk, operation: Operation, rule: CardRule) -> list[Change]:
    wanted = Wanted(
        cause=cause_of(rule, operation.op_id, operation.device, operation.seq),
        rule=rule,
        subject=subject_of(operation.payload, operation.entity_id),
        window=desk.window,
        clerk=shown(operation.actor.clerk, _LONGEST_CLERK),
    )
    return raise_cards(
        desk.context, desk.connection, desk.hall, [wanted], desk.context.plan(desk.connection, desk.hall).floor.cards
    )


def cause_of(rule: CardRule, op_id: str, device: str, seq: int) -> str:
    """Return what names a card over one operation."""
    return f"{rule.value}:{shown(op_id) or f'{device}/{seq}'}"


def _materials(notice: object) -> set[str]:
    lines = notice.get("lines") if isinstance(notice, Mapping) else None
    found = lines if isinstance(lines, list) else ()
    return {str(each.get("material")) for each in found if isinstance(each, Mapping)}
