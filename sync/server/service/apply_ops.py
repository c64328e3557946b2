"""Applies operations: one dictionary says which kinds exist and who may do them; what fails is parked for a person."""

from collections.abc import Callable, Sequence

from app.domain.operation import Operation
from app.domain.rights import Act, Role, may
from app.domain.transitions import IllegalTransition
from sync.protocol.messages import OperationResult
from sync.server.service import (
    answer_ops,
    block_ops,
    case_ops,
    clock_ops,
    complaint_ops,
    conflict_ops,
    contact_ops,
    copy_ops,
    day_ops,
    decision_ops,
    device_ops,
    document_ops,
    ending_ops,
    fee_ops,
    guide_ops,
    help_ops,
    notice_ops,
    projects,
    queue_verb_ops,
    rating_ops,
    return_ops,
    service_ops,
    shift_ops,
    ticket_ops,
    transfer_ops,
    upward_ops,
)
from sync.server.service.desk import Desk, Parked, Reason
from sync.server.service.event_cards import card_of_parked
from sync.server.service.former_ops import desk_of
from sync.server.service.postponed import Queue, queue_of
from sync.server.storage.clerks import Profile
from sync.server.storage.feed import Change
from sync.server.storage.savepoint import Unfit, fitting, savepoint

Handler = Callable[[Desk, Operation, Profile], list[Change]]

KINDS: dict[tuple[str, int], tuple[Act, Handler]] = {
    ("day.opened", 1): (Act.OPEN_DAY, ticket_ops.day_opened),
    ("day.closed", 1): (Act.OPEN_DAY, day_ops.day_closed),
    ("ticket.called", 2): (Act.SERVE_TICKET, ticket_ops.ticket_called),
    ("ticket.issued", 1): (Act.SERVE_TICKET, block_ops.ticket_issued),
    ("ticket.released", 1): (Act.SERVE_TICKET, block_ops.ticket_released),
    ("ticket.presented", 1): (Act.SERVE_TICKET, ticket_ops.ticket_presented),
    ("ticket.served", 1): (Act.SERVE_TICKET, ticket_ops.ticket_served),
    ("ticket.transferred", 1): (Act.SERVE_TICKET, transfer_ops.ticket_transferred),
    ("ticket.referred", 1): (Act.SERVE_TICKET, transfer_ops.ticket_referred),
    ("ticket.taken", 1): (Act.SERVE_TICKET, transfer_ops.ticket_taken),
    ("ticket.declined", 1): (Act.SERVE_TICKET, transfer_ops.ticket_declined),
    ("ticket.finished", 1): (Act.SERVE_TICKET, ticket_ops.ticket_finished),
    ("ticket.recalled", 1): (Act.SERVE_TICKET, queue_verb_ops.ticket_recalled),
    ("ticket.withdrawn", 1): (Act.SERVE_TICKET, queue_verb_ops.ticket_withdrawn),
    ("ticket.missed", 1): (Act.SERVE_TICKET, queue_verb_ops.ticket_missed),
    ("ticket.unmissed", 1): (Act.SERVE_TICKET, queue_verb_ops.ticket_unmissed),
    ("ticket.held", 1): (Act.SERVE_TICKET, queue_verb_ops.ticket_held),
    ("ticket.resumed", 1): (Act.SERVE_TICKET, queue_verb_ops.ticket_resumed),
    ("ticket.walked_in", 1): (Act.SERVE_TICKET, queue_verb_ops.ticket_walked_in),
    ("ticket.continued", 1): (Act.SERVE_TICKET, queue_verb_ops.ticket_continued),
    ("help.asked", 1): (Act.ASK_HELP, help_ops.help_asked),
    ("case.accepted", 1): (Act.ACCEPT_CASE, case_ops.case_accepted),
    ("case.completed", 1): (Act.COMPLETE_CASE, case_ops.case_completed),
    ("case.received", 1): (Act.RECEIVE_CASE, case_ops.case_received),
    ("case.noticed", 1): (Act.NOTICE_CASE, case_ops.case_noticed),
    ("case.supplemented", 1): (Act.RECEIVE_CASE, case_ops.case_supplemented),
    ("notice.issued", 1): (Act.ISSUE_NOTICE, notice_ops.notice_issued),
    ("notice.extended", 1): (Act.NOTICE_CASE, notice_ops.notice_extended),
    ("case.refused", 1): (Act.REFUSE_CASE, ending_ops.case_refused),
    ("case.withdrawn", 1): (Act.WITHDRAW_CASE, ending_ops.case_withdrawn),
    ("case.delivered", 1): (Act.DELIVER_CASE, ending_ops.case_delivered),
    ("case.accepted_inside", 1): (Act.REVIEW_CASE, decision_ops.accepted_inside),
    ("case.noticed_inside", 1): (Act.REVIEW_CASE, answer_ops.noticed_inside),
    ("case.refused_inside", 1): (Act.REVIEW_CASE, answer_ops.refused_inside),
    ("case.answer_told", 1): (Act.TELL_RESULT, answer_ops.answer_told),
    ("case.review_begun", 1): (Act.REVIEW_CASE, decision_ops.review_begun),
    ("case.deferred_completed", 1): (Act.REVIEW_CASE, decision_ops.deferred_completed),
    ("case.granted", 1): (Act.DECIDE_CASE, decision_ops.case_granted),
    ("case.denied", 1): (Act.DECIDE_CASE, decision_ops.case_denied),
    ("case.result_made", 1): (Act.DECIDE_CASE, decision_ops.result_made),
    ("case.result_told", 1): (Act.TELL_RESULT, decision_ops.result_told),
    ("case.handed_out", 1): (Act.DELIVER_CASE, decision_ops.handed_out),
    ("case.returned", 1): (Act.WITHDRAW_CASE, return_ops.case_returned),
    ("case.fee_taken", 1): (Act.TAKE_FEE, fee_ops.fee_taken),
    ("case.served", 1): (Act.DELIVER_CASE, service_ops.case_served),
    ("case.reported", 1): (Act.REPORT_UPWARD, upward_ops.case_reported),
    ("case.upward_noted", 1): (Act.REPORT_UPWARD, upward_ops.upward_noted),
    ("case.upward_returned", 1): (Act.REPORT_UPWARD, upward_ops.upward_returned),
    ("case.corrected", 1): (Act.CORRECT_PAPER, ending_ops.case_corrected),
    ("case.voided", 1): (Act.CORRECT_PAPER, ending_ops.case_voided),
    ("case.suspension_announced", 1): (Act.STOP_CLOCK, clock_ops.suspension_announced),
    ("case.suspension_dropped", 1): (Act.STOP_CLOCK, clock_ops.suspension_dropped),
    ("case.suspended", 1): (Act.STOP_CLOCK, clock_ops.case_suspended),
    ("case.resumed", 1): (Act.STOP_CLOCK, clock_ops.case_resumed),
    ("case.extended", 1): (Act.STOP_CLOCK, clock_ops.case_extended),
    ("case.limit_started", 1): (Act.STOP_CLOCK, clock_ops.limit_started),
    ("ticket.left", 1): (Act.END_VISIT, ending_ops.ticket_left),
    ("contact.registered", 1): (Act.END_VISIT, ending_ops.contact_registered),
    ("contact.closed", 1): (Act.END_VISIT, contact_ops.contact_closed),
    ("contact.taken_over", 1): (Act.TAKE_OVER, contact_ops.contact_taken_over),
    ("slip.reprinted", 1): (Act.REPRINT_SLIP, case_ops.slip_reprinted),
    ("guide.printed", 1): (Act.ISSUE_NOTICE, guide_ops.guide_printed),
    ("document.printed", 1): (Act.PRINT_ORIGINAL, document_ops.document_printed),
    ("document.sealed", 1): (Act.SEAL_ORIGINAL, document_ops.document_sealed),
    ("copy.attached", 1): (Act.SERVE_TICKET, copy_ops.copy_attached),
    ("copy.removed", 1): (Act.SERVE_TICKET, copy_ops.copy_removed),
    ("device.fault", 1): (Act.REPORT_DEVICE, device_ops.device_fault),
    ("rating.given", 1): (Act.CARRY_RATING, rating_ops.rating_given),
    ("project.registered", 1): (Act.REGISTER_PROJECT, projects.project_registered),
    ("complaint.registered", 1): (Act.TAKE_COMPLAINT, complaint_ops.complaint_registered),
    ("rating.slip_printed", 1): (Act.CARRY_RATING, rating_ops.slip_printed),
    ("slip.handwritten", 1): (Act.REPRINT_SLIP, case_ops.slip_handwritten),
    ("slip.diverted", 1): (Act.REPRINT_SLIP, case_ops.slip_diverted),
    ("conflict.resolved", 1): (Act.RESOLVE_CONFLICT, conflict_ops.conflict_resolved),
    ("window.paused", 1): (Act.PAUSE_WINDOW, shift_ops.window_paused),
    ("window.resumed", 1): (Act.PAUSE_WINDOW, shift_ops.window_resumed),
    ("shift.handed_over", 1): (Act.HAND_OVER, shift_ops.shift_handed_over),
}

REJECTED = frozenset({Reason.UNKNOWN_KIND, Reason.FORBIDDEN_ACTOR, Reason.MALFORMED_PAYLOAD, Reason.NOT_AS_PUBLISHED})
"""The sender is wrong; the other reasons are conflicts between two who are right."""


def apply_batch(
    desk: Desk, operations: Sequence[Operation], *, whole: bool
) -> tuple[list[OperationResult], list[Change]]:
    """Apply all in sequence order; one by one, so that one which fails never blocks those behind it, unless ``whole``.

    Raises:
        Parked, Unfit: one of a ``whole`` batch failed; the transaction has to be taken back.
    """
    queue = queue_of(desk)
    desk.known.may_gather = whole and queue is None
    if not desk.known.may_gather:
        return _one_by_one(desk, operations, queue)
    with fitting():
        changes = [change for each in operations for change in apply_one(desk, each)]
    return [OperationResult(seq=each.seq, status="applied") for each in operations], changes


def _one_by_one(
    desk: Desk, operations: Sequence[Operation], queue: Queue | None = None
) -> tuple[list[OperationResult], list[Change]]:
    results: list[OperationResult] = []
    changes: list[Change] = []
    for each in operations:
        if queue is not None and queue.holds(each) and (waits := queue.postpone(each, Reason.STALE_REV)):
            results.append(waits)
            continue
        try:
            with savepoint(desk.connection):
                changes += apply_one(desk, each)
            results.append(OperationResult(seq=each.seq, status="applied"))
        except (Parked, Unfit) as parked:
            reason = parked.reason if isinstance(parked, Parked) else Reason.MALFORMED_PAYLOAD
            if queue is not None and (waits := queue.postpone(each, reason)):
                results.append(waits)
                continue
            changes += card_of_parked(desk, each, reason)
            status = "rejected" if reason in REJECTED else "conflict"
            results.append(OperationResult(seq=each.seq, status=status, reason=reason.value))
    return results, changes


def apply_one(desk: Desk, operation: Operation) -> list[Change]:
    """Apply one operation.

    Raises:
        Parked: a person has to see to it.
        Unfit: a value no column takes.
    """
    known = KINDS.get((operation.kind, operation.kind_version))
    if known is None:
        raise Parked(Reason.UNKNOWN_KIND)
    desk.known.turn_to(desk.connection, operation.kind)
    act, handler = known
    actor = desk.actor(operation.actor.clerk)
    if actor is None or operation.actor.window != desk.window or not may(map(Role, actor.roles), act):
        raise Parked(Reason.FORBIDDEN_ACTOR)
    try:
        at = desk_of(desk, operation)
        return [] if at is None else handler(at, operation, actor)
    except IllegalTransition as error:
        raise Parked(Reason.ILLEGAL_TRANSITION) from error
