"""What a window says of fees: computed anew from the published rules, so that no other amount gets in (rule I19)."""

from dataclasses import dataclass

from app.domain.case_step import HandOver
from app.domain.operation import Operation
from app.domain.payment import Payment, PaymentImpossible, check_payment
from app.domain.rights import Act, Role, may
from sync.server.service.decision_ops import may_hand_out, stand, steps
from sync.server.service.desk import Desk, Parked, Reason, payload_of
from sync.server.service.held_case import Unreadable, held_of, item_of
from sync.server.storage import clerks
from sync.server.storage.clerks import Profile
from sync.server.storage.feed import Change


@dataclass(frozen=True, slots=True)
class _Paid:
    steps: list[HandOver]
    payment: Payment


def fee_taken(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Keep what was paid; a waiver counts with its proof and a second person who may let it pass."""
    held = held_of(desk, operation)
    if not may_hand_out(desk, held.case, actor):
        raise Parked(Reason.FORBIDDEN_ACTOR)
    said = payload_of(operation, _Paid)
    payment = said.payment
    if payment.by != actor.clerk:
        raise Parked(Reason.MALFORMED_PAYLOAD)
    try:
        check_payment(held.case, item_of(desk.context, desk.connection, held.case), payment)
    except (PaymentImpossible, Unreadable) as error:
        raise Parked(Reason.NOT_AS_PUBLISHED) from error
    second = clerks.get(desk.connection, desk.hall, payment.second) if payment.second else None
    if payment.waiver and (second is None or not may(map(Role, second.roles), Act.APPROVE_WAIVER)):
        raise Parked(Reason.NOT_AS_PUBLISHED)
    done = steps(held, said.steps, actor, None)
    return [stand(desk, held, None, steps=done or None, payment=payment.to_json())]
