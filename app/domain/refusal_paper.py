"""SL-07 不予受理通知书: what is decided, on which law, where to go instead, how to turn against it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from app.domain.case import Case
from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.item import Item
from app.domain.inside_answer import answered_by, signed_on
from app.domain.negative_end import returned_words
from app.domain.receipt import common_fields, date_words
from app.domain.refusal_grounds import Basis, Ground, GroundCase, GroundKind

REFUSAL_SLIP = "SL-07"
REFUSAL = "不受"
"""Behind an item's document prefix: the number of a refusal (示运许不受)."""

_NOT_ON_IT = frozenset({"basis", "m_count", "hall_tel"})
_STOPS = "。！？；…"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refusal as it is told and recorded; ``office`` and ``phoned`` where the citizen is sent to another organ."""

    kind: GroundKind
    case: str
    clause: str
    other_basis: str
    own_basis: str
    decision: str
    fact: str
    guide: str
    office: str
    phoned: bool | None

    def record(self) -> Mapping[str, Any]:
        """Return plain JSON values for the operation: the exact words that were told (domain rule I04)."""
        return {**asdict(self), "kind": self.kind.value}


def refusal_from(told: Mapping[str, Any]) -> Refusal:
    """Return the refusal that ``record`` wrote.

    Raises:
        KeyError, ValueError: it is not one.
    """
    values = {each.name: told[each.name] for each in fields(Refusal)}
    return Refusal(**{**values, "kind": GroundKind(told["kind"])})


def refusal_of(
    ground: Ground, case: GroundCase | None, basis: Basis, *, reason: str, office: str, phoned: bool | None
) -> Refusal:
    """Return the refusal on a ground with what the clerk typed."""
    elsewhere = ground.kind is GroundKind.NOT_OURS
    return Refusal(
        kind=ground.kind,
        case=case.name if case else "",
        clause=basis.clause,
        other_basis=basis.other,
        own_basis=basis.own,
        decision=basis.decision,
        fact=_sentence(reason.strip()),
        guide=_guide(ground.kind, case, office.strip(), phoned=bool(phoned)),
        office=office.strip() if elsewhere else "",
        phoned=phoned if elsewhere else None,
    )


def refusal_fields(case: Case, item: Item, catalogue: Catalogue, refusal: Refusal) -> dict[str, object]:
    """Return the fields of SL-07; without remedies in the catalogue the paper does not print."""
    inside = answered_by(case)
    remedy = catalogue.remedies[item.remedy]
    common = common_fields(case, item, catalogue)
    return {
        **{name: each for name, each in common.items() if name not in _NOT_ON_IT},
        **({"clerk_no": inside.clerk, "window": inside.window} if inside else {}),
        "doc_no": case.doc_no or "",
        "apply_date": date_words(case.received_on or case.accepted_on),
        "fact": refusal.fact,
        "clause": refusal.clause,
        "other_basis": refusal.other_basis,
        "basis": refusal.own_basis,
        "decision": refusal.decision,
        "guide": refusal.guide,
        "review_org": remedy.review_org,
        "court": remedy.court,
        "returned": returned_words(case, item),
        "dept": catalogue.departments[case.department].name,
        "date": date_words(signed_on(inside) if inside else case.accepted_on),
    }


def _guide(kind: GroundKind, case: GroundCase | None, office: str, *, phoned: bool) -> str:
    """What the citizen does now: a citizen is never sent away with a no alone (domain rule I01)."""
    told = _sentence(case.tell) if case is not None else ""
    if kind is GroundKind.NOT_OURS:
        asked = "本窗口已先打电话替您问清楚。" if phoned else ""
        return f"{told}请到{office}办理。{asked}"
    return told or "这项业务依法不需要办理，您可以依法直接去做。"


def _sentence(words: str) -> str:
    return words if not words or words[-1] in _STOPS else f"{words}。"
