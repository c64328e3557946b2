"""规费: what a case costs by its published rules, what a published waiver takes off, and the receipt (domain rule I19).

No amount is ever typed: pieces of each rule are counted, and a waiver is chosen, proven, and seen by a second person.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from app.domain.case import Case, CaseState
from app.domain.catalogue.item import FeeWaiver, Item

MOST_PIECES = 999
MAX_PROOF = 120
_WHOLE = 100
_RECEIPT = re.compile(r"[0-9A-Za-z-]{6,24}")
_OUT = frozenset({CaseState.REFUSED, CaseState.WITHDRAWN, CaseState.DENIED, CaseState.VOIDED})


class PaymentFault(StrEnum):
    """Why a fee cannot be taken so; codes of the message table."""

    NOTHING_CHARGED = "fee_nothing_charged"
    PAID_ALREADY = "fee_paid_already"
    BAD_COUNT = "fee_bad_count"
    NO_SUCH_WAIVER = "fee_no_such_waiver"
    PROOF_NEEDED = "fee_proof_needed"
    SECOND_NEEDED = "fee_second_needed"
    RECEIPT_NEEDED = "fee_receipt_needed"


class PaymentImpossible(Exception):  # noqa: N818 - a business "no"
    """The fee is not as published, or its record would have a hole; ``reason`` says which."""

    def __init__(self, reason: PaymentFault) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Payment:
    """What was taken: ``pieces`` by rule, all in whole fen; ``fen`` is what the receipt of that number says.

    ``waiver`` is the id of the published waiver, ``proof`` what proved it, ``second`` who saw it; empty without one.
    """

    on: str
    at_ms: int
    by: str
    pieces: Mapping[str, int]
    full_fen: int
    fen: int
    receipt_no: str
    waiver: str = ""
    proof: str = ""
    second: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {**asdict(self), "pieces": dict(self.pieces)}


def payment_of(case: Case) -> Payment | None:
    """Return what was paid for a case; None where nothing was."""
    return None if case.payment is None else Payment(**case.payment)


def owes(case: Case, item: Item) -> bool:
    """Say whether a fee of the case is still to be taken."""
    return item.fee.charge and case.payment is None and case.state not in _OUT


def full_amount(item: Item, pieces: Mapping[str, int]) -> int:
    """Return what so many pieces of each rule cost, in fen.

    Raises:
        PaymentImpossible: a rule that is not published, no piece at all, or an impossible number of them.
    """
    rules = {each.id: each.fen for each in item.fee.rules}
    if not pieces.keys() <= rules.keys() or not any(pieces.values()):
        raise PaymentImpossible(PaymentFault.BAD_COUNT)
    if any(not 0 <= count <= MOST_PIECES for count in pieces.values()):
        raise PaymentImpossible(PaymentFault.BAD_COUNT)
    return sum(rules[key] * count for key, count in pieces.items())


def waived(full_fen: int, waiver: FeeWaiver | None) -> int:
    """Return what is left to pay; a part of a fen is the citizen's."""
    return full_fen if waiver is None else full_fen * (_WHOLE - waiver.percent) // _WHOLE


def check_payment(case: Case, item: Item, payment: Payment) -> None:
    """Check a payment against what is published; the counter and the server ask the same.

    Raises:
        PaymentImpossible: something is not as published, or missing.
    """
    if not item.fee.charge or case.state in _OUT:
        raise PaymentImpossible(PaymentFault.NOTHING_CHARGED)
    if case.payment is not None:
        raise PaymentImpossible(PaymentFault.PAID_ALREADY)
    waiver = item.fee_waiver(payment.waiver)
    if payment.waiver and waiver is None:
        raise PaymentImpossible(PaymentFault.NO_SUCH_WAIVER)
    full = full_amount(item, payment.pieces)
    if (payment.full_fen, payment.fen) != (full, waived(full, waiver)):
        raise PaymentImpossible(PaymentFault.BAD_COUNT)
    if waiver is not None and not 0 < len(payment.proof.strip()) <= MAX_PROOF:
        raise PaymentImpossible(PaymentFault.PROOF_NEEDED)
    if waiver is not None and payment.second in ("", payment.by):
        raise PaymentImpossible(PaymentFault.SECOND_NEEDED)
    if waiver is None and (payment.proof or payment.second):
        raise PaymentImpossible(PaymentFault.NO_SUCH_WAIVER)
    if (payment.fen > 0 or payment.receipt_no) and _RECEIPT.fullmatch(payment.receipt_no) is None:
        raise PaymentImpossible(PaymentFault.RECEIPT_NEEDED)


def paid_words(item: Item, payment: Payment) -> str:
    """Return ``实收10.5元，票据号1234567；减免：残疾人免收`` for a paper."""
    waiver = item.fee_waiver(payment.waiver)
    receipt = f"，票据号{payment.receipt_no}" if payment.receipt_no else ""
    reason = f"；减免：{waiver.name}" if waiver is not None else ""
    return f"实收{yuan(payment.fen)}元{receipt}{reason}"


def yuan(fen: int) -> str:
    """Return ``10``, ``10.50``."""
    whole, rest = divmod(fen, _WHOLE)
    return f"{whole}.{rest:02}" if rest else str(whole)
