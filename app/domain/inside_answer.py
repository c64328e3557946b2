"""What a department answers to papers that a window only took in, other than accepting: 补正告知 and 不予受理.

The five working days of the Licensing Law, art. 32(1)(4), run meanwhile; the applicant is told by the window they gave
their papers to, so an answer waits there until somebody told them.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from app.domain.business_day import business_date
from app.domain.calendar import WorkCalendar
from app.domain.case import Case, CaseState
from app.domain.case_step import HandOver, Step, steps_of
from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.item import Item
from app.domain.deadline import deemed_accepted
from app.domain.work.card import WorkCard
from app.domain.work.materials import Mark
from app.domain.work.of_case import card_of
from app.domain.work.supplement import supplement_of

INSIDE = "inside"
"""In a notice: which of the times it was given (``count``) the department gave it."""
_STATES = {CaseState.SUPPLEMENT_NOTICED: Step.NOTICE, CaseState.REFUSED: Step.REFUSAL}


def answered_by(case: Case) -> HandOver | None:
    """Return who in the department gave the answer that the case stands in; None where a window gave it."""
    step = _STATES.get(case.state)
    if step is Step.NOTICE and (case.notice or {}).get(INSIDE) != (case.notice or {}).get("count"):
        return None  # a window gave the last of several notices
    done = [each for each in steps_of(case) if each.step is not Step.TOLD]
    return done[-1] if step is not None and done[-1].step is step else None


def untold(case: Case) -> bool:
    """Say whether the department answered and nobody has told the applicant."""
    return answered_by(case) is not None and steps_of(case)[-1].step is not Step.TOLD


def unserved(case: Case) -> bool:
    """Say whether the department refused and its notice has not reached its person (domain rule L20)."""
    return case.state is CaseState.REFUSED and case.service is None and answered_by(case) is not None


def silence_accepted(case: Case, item: Item, calendar: WorkCalendar, today: date) -> bool:
    """Say whether an answer comes too late: the application counts as accepted, which only a licence can be."""
    return item.is_licence and today >= deemed_accepted(date.fromisoformat(case.accepted_on), calendar).flips_on


def looked_at(case: Case, catalogue: Catalogue) -> WorkCard | None:
    """Return the page of a received case as the department looks at it; of a list told before nothing new is asked."""
    card = card_of(case, case.case_no, "", catalogue)
    return None if card is None else replace(card, supplement=supplement_of(case))


def faulted(card: WorkCard, faults: Mapping[str, Mark]) -> WorkCard:
    """Return the page with what the department found.

    Raises:
        WorkRefused: a material that is not due, a fault without words, or one that an earlier notice did not name.
    """
    for key, mark in faults.items():
        card = card.mark(key, mark.verdict, mark.reason, check_failed=mark.check_failed)
    return card


def signed_on(step: HandOver) -> str:
    """Return the ISO business date of a step."""
    return business_date(step.at_ms).isoformat()
