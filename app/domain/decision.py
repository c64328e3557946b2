"""准予 or 不予: what a department decides of a case, and what follows (Administrative Licensing Law arts. 38-44).

A denial rests on published conditions of the item that are not met and on laws of the library in force that day; the
reviewer types the facts alone. Remedies run from the day the decision was served.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from app.domain import deadline
from app.domain.calendar import WorkCalendar
from app.domain.case import Case
from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.item import Item
from app.domain.catalogue.law import Remedy
from app.domain.deadline import Due
from app.domain.limit_unit import LimitUnit
from app.domain.service import Service, service_from

DELIVERY_WORKDAYS = 10
"""A licence is handed over within so many working days of the decision (Licensing Law art. 44)."""
NOTICE_WORKDAYS = 1
"""A result of which nobody was told for longer than that is listed (domain rule I57)."""
MAX_FACTS = 500
"""Characters of the facts: with reasons and basis they fit the two pages of the document."""


class DecisionKind(StrEnum):
    """The two ends of a review."""

    GRANTED = "granted"
    DENIED = "denied"


class DecisionFault(StrEnum):
    """Why a decision cannot be made so; codes of the message table."""

    NO_CONDITION = "decision_no_condition"
    NO_FACTS = "decision_no_facts"
    FACTS_TOO_LONG = "decision_facts_too_long"
    BASIS_LAPSED = "decision_basis_lapsed"
    NO_REMEDY = "decision_no_remedy"


class DecisionImpossible(Exception):  # noqa: N818 - a business "no"
    """The decision lacks what the law asks of it; ``reason`` says what."""

    def __init__(self, reason: DecisionFault) -> None:
        super().__init__(reason.value)
        self.reason = reason


class ToldHow(StrEnum):
    """How the applicant was told of the result."""

    PHONE = "phone"
    IN_PERSON = "in_person"
    SLIP = "slip"


@dataclass(frozen=True, slots=True)
class Told:
    """办结告知: that the applicant was told of the result."""

    on: str
    at_ms: int
    how: ToldHow
    by: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, as the document says it; dates ISO, ``at_ms`` UTC milliseconds.

    ``basis`` are citations that were in force ``on`` that day; ``unmet`` the published conditions a denial rests on.
    ``deliver_by`` is the last day to hand the licence over, None for a denial; ``made_on`` the day the result was
    ready for hand-out.
    """

    kind: DecisionKind
    doc_no: str
    on: str
    at_ms: int
    by: str
    window: str
    basis: tuple[str, ...]
    unmet: tuple[str, ...]
    facts: str
    review_org: str
    review_days: int
    court: str
    suit_months: int
    deliver_by: str | None
    provisional: bool
    made_on: str | None = None
    told: Told | None = None
    served: Service | None = None

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {**asdict(self), "basis": list(self.basis), "unmet": list(self.unmet)}


def decision_of(case: Case) -> Decision | None:
    """Return what was decided of a case; None while nothing is."""
    return decision_from(case.decision)


def decision_from(kept: Mapping[str, Any] | None) -> Decision | None:
    """Return a decision as it was kept; None where nothing was."""
    if kept is None:
        return None
    told, served = kept.get("told"), kept.get("served")
    return Decision(
        **{
            **kept,
            "kind": DecisionKind(kept["kind"]),
            "basis": tuple(kept["basis"]),
            "unmet": tuple(kept["unmet"]),
            "told": Told(**{**told, "how": ToldHow(told["how"])}) if told else None,
            "served": service_from(served),
        }
    )


@dataclass(frozen=True, slots=True)
class Made:
    """Who decides when: clerk, window, business date, UTC milliseconds, the document's number, the calendar."""

    by: str
    window: str
    on: date
    at_ms: int
    doc_no: str
    calendar: WorkCalendar


def citations(item: Item, catalogue: Catalogue, on: date) -> tuple[str, ...]:
    """Return what a decision on the item cites that day.

    Raises:
        DecisionImpossible: a law the item rests on is not in force (domain rule I15).
    """
    if catalogue.lapsed_basis(item, on) is not None:
        raise DecisionImpossible(DecisionFault.BASIS_LAPSED)
    return tuple(dict.fromkeys(f"《{catalogue.laws[each.law].title}》{each.article}" for each in item.legal_basis))


def granted(item: Item, catalogue: Catalogue, made: Made) -> Decision:
    """Return the decision to grant; raises DecisionImpossible."""
    by = deadline.due(made.on, DELIVERY_WORKDAYS, LimitUnit.WORKING_DAYS, made.calendar)
    return _decision(DecisionKind.GRANTED, item, catalogue, made, by)


def denied(item: Item, catalogue: Catalogue, made: Made, *, unmet: Sequence[int], facts: str) -> Decision:
    """Return the decision to deny; ``unmet`` are places in the item's published conditions, counted from 1.

    Raises:
        DecisionImpossible: no condition, no facts, too long, or a basis or remedy that is missing.
    """
    chosen = [item.conditions[n - 1] for n in dict.fromkeys(unmet) if 1 <= n <= len(item.conditions)]
    if not chosen:
        raise DecisionImpossible(DecisionFault.NO_CONDITION)
    if not facts.strip():
        raise DecisionImpossible(DecisionFault.NO_FACTS)
    if len(facts) > MAX_FACTS:
        raise DecisionImpossible(DecisionFault.FACTS_TOO_LONG)
    decision = _decision(DecisionKind.DENIED, item, catalogue, made, None)
    return replace(decision, unmet=tuple(chosen), facts=facts.strip())


def _decision(kind: DecisionKind, item: Item, catalogue: Catalogue, made: Made, by: Due | None) -> Decision:
    remedy = catalogue.remedies.get(item.remedy)
    if remedy is None or not remedy.review_org.strip() or not remedy.court.strip():
        raise DecisionImpossible(DecisionFault.NO_REMEDY)
    return Decision(
        kind=kind,
        doc_no=made.doc_no,
        on=made.on.isoformat(),
        at_ms=made.at_ms,
        by=made.by,
        window=made.window,
        basis=citations(item, catalogue, made.on),
        unmet=(),
        facts="",
        deliver_by=by.date.isoformat() if by else None,
        provisional=bool(by and by.provisional),
        **_remedy(remedy),
    )


def _remedy(remedy: Remedy) -> dict[str, Any]:
    return {
        "review_org": remedy.review_org,
        "review_days": remedy.review_days,
        "court": remedy.court,
        "suit_months": remedy.suit_months,
    }


def served(decision: Decision, service: Service) -> Decision:
    """Return the decision with its service; the periods of the remedies run from that day."""
    return replace(decision, served=service)


def told(decision: Decision, on: date, at_ms: int, *, how: ToldHow, by: str) -> Decision:
    """Return the decision with the notice to the applicant; the first one stays."""
    return decision if decision.told else replace(decision, told=Told(on.isoformat(), at_ms, how, by))


def untold_since(decision: Decision, today: date, calendar: WorkCalendar) -> bool:
    """Say whether the applicant should have been told by now: not within one working day of the result (I57)."""
    ready = decision.made_on or (decision.on if decision.kind is DecisionKind.DENIED else None)
    if ready is None or decision.told is not None or decision.served is not None:
        return False
    last = deadline.due(date.fromisoformat(ready), NOTICE_WORKDAYS, LimitUnit.WORKING_DAYS, calendar).date
    return today > last
