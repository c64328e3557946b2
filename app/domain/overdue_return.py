"""逾期未补: what was to come did not come in time, so the application ends and goes back with SL-08 (rules I04, L10).

Two ends: the supplement of a notice (补正) past the day its window keeps it, and a deferred material (容缺) past the
day the applicant promised. Whoever returns it does not sign off alone: a floor manager looks at the case too.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from app.domain.case import CASE, Case, CaseEvent, CaseState
from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.item import Item
from app.domain.receipt import date_words
from app.domain.withdrawal import return_paper

CATEGORY = "逾期未补"


class OverdueKind(StrEnum):
    """What did not come."""

    SUPPLEMENT = "supplement"
    DEFERRED = "deferred"


@dataclass(frozen=True, slots=True)
class OverdueReturn:
    """A return as it is told and recorded: number, what did not come, until when it was awaited, and the words."""

    no: str
    kind: OverdueKind
    until: str
    told: str
    basis: str
    reviewer: str
    at_ms: int
    category: str = CATEGORY

    def record(self) -> dict[str, Any]:
        """Return plain JSON values: the exact words that were told."""
        return asdict(self)


def return_from(record: Mapping[str, Any]) -> OverdueReturn:
    """Read what ``record`` made."""
    return OverdueReturn(**{**record, "kind": OverdueKind(record["kind"])})


def overdue(case: Case, today: date) -> tuple[OverdueKind, str] | None:
    """Return what did not come and its last day (ISO); None where nothing is overdue, or nothing ends by it."""
    if not CASE.allows(case.state, CaseEvent.WITHDRAW) or case.state is CaseState.RECEIVED:
        return None
    if case.state is CaseState.SUPPLEMENT_NOTICED:
        kind, until = OverdueKind.SUPPLEMENT, (case.notice or {}).get("keep_until")
    else:
        kind, until = OverdueKind.DEFERRED, max(case.deferred.values()) if case.deferred else None
    return (kind, until) if until is not None and date.fromisoformat(until) < today else None


def return_of(
    case: Case, item: Item, found: tuple[OverdueKind, str], *, no: str, reviewer: str, at_ms: int
) -> OverdueReturn:
    """Return the return of an overdue case."""
    kind, until = found
    keys = [each["material"] for each in (case.notice or {}).get("lines", ())]
    if kind is OverdueKind.DEFERRED:
        keys = list(case.deferred or ())
    names = "、".join(material.name for key in keys if (material := item.material(key)) is not None)
    if kind is OverdueKind.DEFERRED:
        told = f"容缺受理后，{names}到{date_words(until)}没有补齐。"
        basis = f"申请人签名的容缺受理告知书（{case.case_no}）"
    else:
        told = f"补正告知的{names}到{date_words(until)}没有补齐。"
        basis = f"补正材料告知书（{case.doc_no or case.case_no}）"
    return OverdueReturn(no, kind, until, told, basis, reviewer, at_ms)


def overdue_fields(case: Case, item: Item, catalogue: Catalogue, back: OverdueReturn) -> dict[str, object]:
    """Return the fields of SL-08; a return that nobody asked for tells the remedies."""
    remedy = catalogue.remedies[item.remedy]
    fields = return_paper(case, item, catalogue, no=back.no, at_ms=back.at_ms)
    return {
        **fields,
        "category": back.category,
        "reason": back.told,
        "basis": back.basis,
        "next_step": "材料备齐后可以重新申请，先前的办件不影响您。",
        "remedy": f"不服的，可以自收到本单之日起六十日内向{remedy.review_org}申请行政复议，"
        f"或者六个月内依法向{remedy.court}提起行政诉讼。",
        "reviewer": f"{back.reviewer}号",
    }
