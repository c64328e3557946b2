"""The paper a citizen holds, in its own words again: from the record of the case and the catalogue it was taken under.

Fields and template are those the counter printed from, so the words are the same; names are masked (domain.md section
9), and codes, signature line and the clerk's number stay on the paper.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from app.domain.case import Case, CaseState
from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.item import Item
from app.domain.correction import corrected
from app.domain.decision import decision_of
from app.domain.decision_paper import SLIPS, decision_fields
from app.domain.intake_paper import INTAKE_SLIP, intake_fields
from app.domain.overdue_return import overdue_fields, return_from
from app.domain.paper.blocks import Barcode, Codes, Document, Signature
from app.domain.paper.fill import fill
from app.domain.paper.markup import Template
from app.domain.paper.masking import masked_document
from app.domain.receipt import ACCEPTANCE_SLIP, COMPLETION_SLIP, acceptance_fields, completion_fields
from app.domain.record import names
from app.domain.refusal_paper import REFUSAL_SLIP, refusal_fields, refusal_from
from app.domain.supplement_paper import SUPPLEMENT_SLIP, supplement_fields
from app.domain.withdrawal import WITHDRAWAL_SLIP, Withdrawal, withdrawal_fields
from app.domain.work.ending import WithdrawReason

HIDDEN = "****"
"""Stands for the clerk's number: the page tells where the paper was made, not by whom."""

_GIVEN = frozenset(
    {
        CaseState.ACCEPTED,
        CaseState.REVIEWING,
        CaseState.SUSPENDED,
        CaseState.GRANTED,
        CaseState.DENIED,
        CaseState.AWAITING_PICKUP,
        CaseState.DELIVERED,
        CaseState.ARCHIVED,
    }
)


def issued_paper(
    record: Mapping[str, Any], catalogue: Catalogue, template: Callable[[str], Template]
) -> Document | None:
    """Return what the last paper of a case says, masked; None for a case whose paper does not count (any more).

    ``record`` is the whole case as its last operation carried it, ``template`` finds a template by name.

    Raises:
        KeyError, TypeError, ValueError: the record is not one that a counter writes.
        PaperError: the record leaves a hole in the paper.
    """
    kept = {name: record[name] for name in names(Case) if name in record}
    case = Case(**{**kept, "state": CaseState(record["state"]), "clerk": HIDDEN})
    item = catalogue.items[case.item_id]
    paper = _paper(case, item, catalogue, record)
    if paper is None:
        return None
    slip, values = paper
    document = fill(template(slip), values)
    if correction := record.get("correction"):
        document = corrected(document, int(correction["nth"]))
    shown = tuple(each for each in document.blocks if not isinstance(each, Codes | Barcode | Signature))
    people = (case.applicant, case.agent, case.guardian)
    return masked_document(replace(document, blocks=shown), [str(each["name"]) for each in people if each])


def _paper(
    case: Case, item: Item, catalogue: Catalogue, record: Mapping[str, Any]
) -> tuple[str, Mapping[str, object]] | None:
    paper: tuple[str, Mapping[str, object]] | None = None
    decision = decision_of(case)
    if decision is not None and case.state in _GIVEN:
        told = replace(decision, by=HIDDEN)
        return SLIPS[decision.kind], decision_fields(case, item, catalogue, told)
    match case.state:
        case CaseState.RECEIVED:
            paper = INTAKE_SLIP, intake_fields(case, item, catalogue)
        case CaseState.SUPPLEMENT_NOTICED:
            paper = SUPPLEMENT_SLIP, {**supplement_fields(case, item, catalogue), "clerk_no": HIDDEN}
        case CaseState.REFUSED:
            paper = (
                REFUSAL_SLIP,
                {**refusal_fields(case, item, catalogue, refusal_from(record["refusal"])), "clerk_no": HIDDEN},
            )
        case CaseState.WITHDRAWN:
            paper = WITHDRAWAL_SLIP, _returned(case, item, catalogue, record["withdrawal"])
        case state if state in _GIVEN and case.doc_no is not None:
            paper = ACCEPTANCE_SLIP, acceptance_fields(case, item, catalogue)
        case CaseState.DELIVERED | CaseState.ARCHIVED:
            paper = COMPLETION_SLIP, completion_fields(case, item, catalogue)
    return paper


def _returned(case: Case, item: Item, catalogue: Catalogue, told: Mapping[str, Any]) -> Mapping[str, object]:
    if "reason" in told:
        return withdrawal_fields(case, item, catalogue, _withdrawal(told))
    back = replace(return_from(told), reviewer=HIDDEN)
    return overdue_fields(case, item, catalogue, back)


def _withdrawal(told: Mapping[str, Any]) -> Withdrawal:
    return Withdrawal(str(told["no"]), WithdrawReason(told["reason"]), int(told["at_ms"]))
