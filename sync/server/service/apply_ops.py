"""Applies operations: one dictionary says which kinds exist and who may do them; what fails is parked for a person."""

from collections.abc import Callable, Sequence

from app.domain.operation import Operation
from app.domain.rights import Act, Role, may
from app.domain.transitions import IllegalTransition
from sync.protocol.messages import OperationResult
from sync.server.service import case_ops, ticket_ops
from sync.server.service.desk import Desk, Parked, Reason
from sync.server.storage import clerks, tickets
from sync.server.storage.clerks import Profile
from sync.server.storage.feed import Change

Handler = Callable[[Desk, Operation, Profile], list[Change]]

KINDS: dict[tuple[str, int], tuple[Act, Handler]] = {
    ("day.opened", 1): (Act.OPEN_DAY, ticket_ops.day_opened),
    ("ticket.called", 1): (Act.SERVE_TICKET, ticket_ops.ticket_called),
    ("ticket.presented", 1): (Act.SERVE_TICKET, ticket_ops.ticket_presented),
    ("ticket.served", 1): (Act.SERVE_TICKET, ticket_ops.ticket_served),
    ("ticket.finished", 1): (Act.SERVE_TICKET, ticket_ops.ticket_finished),
    ("case.accepted", 1): (Act.ACCEPT_CASE, case_ops.case_accepted),
    ("case.completed", 1): (Act.COMPLETE_CASE, case_ops.case_completed),
    ("slip.reprinted", 1): (Act.REPRINT_SLIP, case_ops.slip_reprinted),
    ("slip.handwritten", 1): (Act.REPRINT_SLIP, case_ops.slip_handwritten),
}

_REJECTED = frozenset({Reason.UNKNOWN_KIND, Reason.FORBIDDEN_ACTOR, Reason.MALFORMED_PAYLOAD})
"""The sender is wrong; the other reasons are conflicts between two who are right."""


def apply_batch(desk: Desk, operations: Sequence[Operation]) -> tuple[list[OperationResult], list[Change]]:
    """Apply all in sequence order, and when one fails again one by one, so that it never blocks those behind it."""
    tickets.lock(desk.connection, desk.hall, {each.entity_id for each in operations if each.entity == "ticket"})
    try:
        with desk.connection.begin_nested():
            changes = [change for each in operations for change in _apply(desk, each)]
    except Parked:
        return _one_by_one(desk, operations)
    return [OperationResult(seq=each.seq, status="applied") for each in operations], changes


def _one_by_one(desk: Desk, operations: Sequence[Operation]) -> tuple[list[OperationResult], list[Change]]:
    results: list[OperationResult] = []
    changes: list[Change] = []
    for each in operations:
        try:
            with desk.connection.begin_nested():
                changes += _apply(desk, each)
            results.append(OperationResult(seq=each.seq, status="applied"))
        except Parked as parked:
            status = "rejected" if parked.reason in _REJECTED else "conflict"
            results.append(OperationResult(seq=each.seq, status=status, reason=parked.reason.value))
    return results, changes


def _apply(desk: Desk, operation: Operation) -> list[Change]:
    known = KINDS.get((operation.kind, operation.kind_version))
    if known is None:
        raise Parked(Reason.UNKNOWN_KIND)
    act, handler = known
    actor = clerks.get(desk.connection, desk.hall, operation.actor.clerk)
    if actor is None or operation.actor.window != desk.window or not may(map(Role, actor.roles), act):
        raise Parked(Reason.FORBIDDEN_ACTOR)
    try:
        return handler(desk, operation, actor)
    except IllegalTransition as error:
        raise Parked(Reason.ILLEGAL_TRANSITION) from error
