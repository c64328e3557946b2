"""What a window says about visits and cases that end otherwise: refused, withdrawn, handed out, corrected, voided."""

from dataclasses import dataclass
from typing import Any

from app.domain.case import CaseEvent
from app.domain.channel import Channel
from app.domain.correction import CorrectionReason, VoidReason
from app.domain.first_contact import ContactAction
from app.domain.operation import Operation
from app.domain.record import plain
from app.domain.refusal_grounds import GroundKind
from app.domain.ticket import TicketEvent
from app.domain.work.ending import LeaveReason, WithdrawReason
from sync.server.service import contact_ops
from sync.server.service.case_ops import put_case
from sync.server.service.contact_records import keep_record
from sync.server.service.desk import Desk, Parked, Reason, payload_of
from sync.server.service.ticket_ops import move, named
from sync.server.storage.clerks import Profile
from sync.server.storage.feed import Change

_MAX_TEXT = 1000
_MAX_WORD = 120


@dataclass(frozen=True, slots=True)
class SaidRefusal:
    """Ground and words of a refusal, as a counter tells them."""

    kind: GroundKind
    clause: str
    own_basis: str
    decision: str
    fact: str
    guide: str


@dataclass(frozen=True, slots=True)
class _Refused:
    refusal: SaidRefusal
    doc_no: str


@dataclass(frozen=True, slots=True)
class _Withdrawal:
    no: str
    reason: WithdrawReason
    told: str


@dataclass(frozen=True, slots=True)
class _Withdrawn:
    withdrawal: _Withdrawal


@dataclass(frozen=True, slots=True)
class _Handed:
    on: str
    at_ms: int
    name: str
    number: str


@dataclass(frozen=True, slots=True)
class _Delivered:
    handed_to: _Handed


@dataclass(frozen=True, slots=True)
class _Correction:
    reason: CorrectionReason
    slip: str
    nth: int


@dataclass(frozen=True, slots=True)
class _Corrected:
    correction: _Correction


@dataclass(frozen=True, slots=True)
class _Voiding:
    reason: VoidReason


@dataclass(frozen=True, slots=True)
class _Voided:
    voiding: _Voiding


@dataclass(frozen=True, slots=True)
class _Left:
    reason: LeaveReason


@dataclass(frozen=True, slots=True)
class _Registered:
    contact_id: str
    no: str
    topic: str
    action: ContactAction
    owner: str
    due: str
    clerk: str
    window: str
    channel: Channel = Channel.IN_PERSON
    registered_ms: int = 0
    page: dict[str, Any] | None = None


def case_refused(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Take a refusal in: never for incomplete papers, never without ground, facts and a way on (domain rule I04)."""
    refusal = payload_of(operation, _Refused).refusal
    grounded = refusal.kind is not GroundKind.INCOMPLETE and bool(refusal.clause or refusal.own_basis)
    if not grounded or not _told(refusal.fact, refusal.guide, refusal.decision):
        raise Parked(Reason.MALFORMED_PAYLOAD)
    return put_case(desk, operation, actor, CaseEvent.REFUSE)


def case_withdrawn(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """End an open case that its applicant took back."""
    if not _told(payload_of(operation, _Withdrawn).withdrawal.told):
        raise Parked(Reason.MALFORMED_PAYLOAD)
    return put_case(desk, operation, actor, CaseEvent.WITHDRAW)


def case_delivered(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Record who took the result."""
    if not _told(payload_of(operation, _Delivered).handed_to.number):
        raise Parked(Reason.MALFORMED_PAYLOAD)
    return put_case(desk, operation, actor, CaseEvent.DELIVER)


def case_corrected(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Take the next revision of a case whose paper was made anew; the log keeps the one before."""
    payload_of(operation, _Corrected)
    return put_case(desk, operation, actor, CaseEvent.CORRECT)


def case_voided(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Mark a case as issued in error; nothing of it is deleted."""
    payload_of(operation, _Voided)
    return put_case(desk, operation, actor, CaseEvent.VOID)


def ticket_left(desk: Desk, operation: Operation, _actor: Profile) -> list[Change]:
    """Close the ticket of a citizen who left without an outcome; the log keeps the reason."""
    payload_of(operation, _Left)
    ticket = named(desk, operation)
    if ticket.window != desk.window:
        raise Parked(Reason.TAKEN_ELSEWHERE)
    return move(desk, ticket, TicketEvent.LEAVE, operation, closed_ms=operation.wall_ms)


def contact_registered(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Keep a first contact; its first clerk never changes, and the window that is to answer is asked."""
    contact = payload_of(operation, _Registered)
    said = (contact.contact_id, contact.window, contact.clerk)
    if said != (operation.entity_id, desk.window, actor.clerk):
        raise Parked(Reason.MALFORMED_PAYLOAD)
    if not _told(contact.no, contact.topic, contact.owner) or len(contact.owner) > _MAX_WORD:
        raise Parked(Reason.MALFORMED_PAYLOAD)
    if contact.page is not None:
        keep_record(desk, plain(contact))
    kept = contact_ops.Registered(contact.contact_id, contact.no, contact.owner, contact.due)
    return contact_ops.registered(desk, kept, actor.clerk)


def _told(*texts: str) -> bool:
    return all(each.strip() and len(each) <= _MAX_TEXT for each in texts)
