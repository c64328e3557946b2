"""收费: the fee by published rules, with its receipt number; a waiver needs a second person (domain rule I19)."""

from collections.abc import Mapping

from app.domain.case import Case
from app.domain.clerk import Clerk
from app.domain.payment import (
    Payment,
    PaymentFault,
    PaymentImpossible,
    check_payment,
    full_amount,
    waived,
)
from app.domain.rights import Act, may
from app.ports.clock import Clock
from app.ports.store import Store
from app.usecases.acting import ActRefusal, ActRefused, require
from app.usecases.deciding import moved, tell_fact
from app.usecases.serve_decision import desk_of
from app.usecases.taking_in import counting


def take_fee(
    store: Store,
    clock: Clock,
    case_id: str,
    *,
    pieces: Mapping[str, int],
    receipt_no: str,
    waiver: str = "",
    proof: str = "",
    second: Clerk | None = None,
    by: Clerk,
) -> Case:
    """Record what was paid: ``pieces`` of each rule; nothing else says an amount.

    ``waiver`` is the id of a published waiver, ``second`` the floor manager who saw its ``proof``.

    Raises:
        ActRefused: no right, an unknown case, or one that is not here whole.
        PaymentImpossible: not as published, paid already, or proof, second person or receipt are missing.
    """
    require(by, Act.TAKE_FEE)
    with store.begin() as work:
        at, case = counting(work, clock, by, None), work.case(case_id)
        if case is None:
            raise ActRefused(ActRefusal.UNKNOWN_CASE)
        desk = desk_of(work, case, at)
        item = desk.item
        chosen = item.fee_waiver(waiver)
        if waiver and (second is None or not may(second.roles, Act.APPROVE_WAIVER)):
            raise PaymentImpossible(PaymentFault.SECOND_NEEDED)
        full = full_amount(item, pieces)
        payment = Payment(
            on=at.today.isoformat(),
            at_ms=at.now_ms,
            by=by.number,
            pieces={key: count for key, count in pieces.items() if count},
            full_fen=full,
            fen=waived(full, chosen),
            receipt_no=receipt_no.strip().upper(),
            waiver=waiver,
            proof=proof.strip() if waiver else "",
            second=second.number if waiver and second is not None else "",
        )
        check_payment(desk.case, item, payment)
        paid = moved(desk, None, payment=payment.to_json())
        tell_fact(work, by, paid, "case.fee_taken", {"payment": paid.payment})
        return paid
