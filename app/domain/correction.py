"""更正、作废 of an issued paper (design.md decision 14): both papers are kept, and each says what it is."""

from enum import StrEnum

from app.domain.case import CASE, Case, CaseEvent, CaseState
from app.domain.paper.blocks import Document, Right


class CorrectionReason(StrEnum):
    """Why a paper is made anew under the same number."""

    TYPING = "typing"
    PERSON = "person"
    SITUATION = "situation"
    MATERIAL = "material"


class VoidReason(StrEnum):
    """Why a paper no longer counts."""

    WRONG_ITEM = "wrong_item"
    WRONG_PERSON = "wrong_person"
    TWICE = "twice"
    PRINTED_IN_ERROR = "printed_in_error"


def correctable(case: Case) -> bool:
    """Say whether the paper of a case may be made anew; a refusal is voided and decided again instead."""
    return CASE.allows(case.state, CaseEvent.CORRECT) and not _handed_out(case)


def voidable(case: Case) -> bool:
    """Say whether the case may still be voided."""
    return CASE.allows(case.state, CaseEvent.VOID) and not _handed_out(case)


def _handed_out(case: Case) -> bool:
    """Say whether the department decided and its result was handed out: that is no act of the window any more."""
    return case.state is CaseState.DELIVERED and case.doc_no is not None


def corrected(document: Document, nth: int) -> Document:
    """Return the paper with its mark on top, as a reprint bears its own: 更正 1."""
    return Document(document.slip, (Right(f"更正 {nth}"), *document.blocks))
