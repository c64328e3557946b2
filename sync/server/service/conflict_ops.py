"""What a person made of a parked operation at the counter that told it; it is on record, and its card comes down."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.conflict import How
from app.domain.operation import Operation
from app.domain.supervision import CardRule, ClosedAs
from sync.server.service.desk import Desk, Parked, Reason, payload_of
from sync.server.service.event_cards import cause_of
from sync.server.service.floor_order import stirred
from sync.server.service.former_ops import as_signed_first
from sync.server.service.mirror import card_change
from sync.server.service.postponed import POSTPONED
from sync.server.storage import cards, conflicts, operations
from sync.server.storage.clerks import Profile
from sync.server.storage.devices import ChainKey
from sync.server.storage.feed import Change
from sync.server.storage.operations import Kept

_WORDS = {How.TAKE: "窗口已看过：以服务器现有的记录为准", How.REDO: "窗口已看过：在现有记录上重办"}


@dataclass(frozen=True, slots=True)
class _Resolved:
    op: str
    seq: int
    how: How
    reason: str


def conflict_resolved(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Close what waits; told twice it changes nothing. Handed to the floor manager, its card goes on hanging.

    A counter resolves what its own chain told; nothing else waits under that number. What a restored server applied
    when it was told again waits no more; what it postponed may still become a conflict, and this comes after it.
    Signed anew by a store that was made anew, it speaks of the chain before; what that chain lost waits nowhere.
    """
    said = payload_of(operation, _Resolved)
    if operation.entity != "conflict" or said.op != operation.entity_id:
        raise Parked(Reason.MALFORMED_PAYLOAD)
    by = as_signed_first(operation)
    if any(each.status == POSTPONED for each in _kept(desk, by, said.seq)):
        raise Parked(Reason.STALE_REV)
    waits = conflicts.get(desk.connection, by, said.seq)
    if waits is None and by is operation and not _told(desk, by, said.seq):
        raise Parked(Reason.MALFORMED_PAYLOAD)
    if waits is None or waits.resolved_ms is not None:
        return []
    now_ms = desk.context.clock.now_ms()
    conflicts.resolve(desk.connection, by, said.seq, said.how.value, now_ms)
    card = cards.of_cause(desk.connection, desk.hall, cause_of(CardRule.PARKED, said.op, operation.device, said.seq))
    if card is None or card.closed_ms is not None or said.how is How.MANAGER:
        return []
    closed = replace(
        card,
        acknowledged_ms=card.acknowledged_ms or now_ms,
        acknowledged_by=card.acknowledged_by or actor.clerk,
        closed_ms=now_ms,
        closed_by=actor.clerk,
        closed_as=ClosedAs.HANDLED,
        words=_WORDS[said.how],
        rev=card.rev + 1,
    )
    cards.put(desk.connection, closed)
    return [card_change(closed), stirred(desk.connection, desk.hall)]


def _told(desk: Desk, operation: Operation, seq: int) -> bool:
    before = seq < operation.seq and any(each.seq == seq for each in desk.batch)
    return before or bool(_kept(desk, operation, seq))


def _kept(desk: Desk, operation: Operation, seq: int) -> Sequence[Kept]:
    key = ChainKey(operation.hall, operation.device, operation.incarnation)
    return operations.kept(desk.connection, key, seq, seq)
