"""From a finished work card to the case it becomes by acceptance or on-the-spot completion."""

from dataclasses import dataclass, replace
from datetime import date

from app.domain.calendar import WorkCalendar
from app.domain.case import CASE, Case, CaseEvent, CaseState
from app.domain.case_clock import answer_awaited, counted
from app.domain.catalogue.item import Item
from app.domain.deferral import deferred_until
from app.domain.guardian_consent import consent_record
from app.domain.serials import CaseNumber, DocumentNumber
from app.domain.work.card import WorkCard

ACCEPTANCE = "受"
"""Behind an item's document prefix: the number of an acceptance notice (示食许受)."""

CLOCK_STARTS = frozenset({CaseEvent.ACCEPT, CaseEvent.COMPLETE})
"""Events from which promised and statutory limit run; a receipt or a supplement notice starts neither."""


@dataclass(frozen=True, slots=True)
class Counting:
    """The place and day an act counts for: counter registration, window, clerk, business date and calendar.

    ``first_clerk`` was asked first by the citizen at the window; None where that is this clerk.
    """

    centre: str
    hall: str
    counter: str
    window: str
    clerk: str
    today: date
    now_ms: int
    calendar: WorkCalendar
    first_clerk: str | None = None


@dataclass(frozen=True, slots=True)
class Numbers:
    """What identifies a case: id, printed number, document number (None where none is given), query code, token."""

    case_id: str
    case_no: str
    doc_no: str | None
    query_code: str
    rating_token: str


def case_series(today: date) -> str:
    """Return the name of the series of case numbers of that day."""
    return f"case/{today:%Y%m%d}"


def doc_series(item: Item, today: date, kind: str = ACCEPTANCE) -> str:
    """Return the name of the series of the item's documents of that kind and year."""
    return f"doc/{item.doc_prefix}{kind}/{today.year}"


def case_number(at: Counting, sequence: int) -> str:
    """Return the printed case number."""
    return str(CaseNumber(at.centre, at.counter, at.today, sequence))


def doc_number(item: Item, at: Counting, sequence: int, kind: str = ACCEPTANCE) -> str:
    """Return the printed document number of a document of that kind."""
    return str(DocumentNumber(item.doc_prefix + kind, at.today.year, at.counter, sequence))


def taken_in(card: WorkCard, event: CaseEvent, numbers: Numbers, at: Counting, visit_id: str | None) -> Case:
    """Return the case a finished card becomes by being accepted or completed.

    Raises:
        LimitRefusedError: the published limit of the item cannot be counted.
        IllegalTransition: no such event after receipt.
    """
    item, form = card.item, card.form
    assert item is not None, "a finished card has an item"
    assert form is not None, "an item has a form"
    assert card.applicant is not None, "a finished card has an applicant"
    case = Case(
        case_id=numbers.case_id,
        case_no=numbers.case_no,
        hall=at.hall,
        window=at.window,
        counter=at.counter,
        business_date=at.today.isoformat(),
        item_id=item.id,
        item_name=item.name,
        catalogue_version=card.catalogue_version,
        department=item.department,
        state=CASE.after(CaseState.CONSULTING if event is CaseEvent.RECEIVE else CaseState.RECEIVED, event),
        rev=1,
        applicant=card.applicant.to_json(),
        agent=card.acting_agent.to_json() if card.acting_agent else None,
        answers=dict(card.answers),
        verdicts=verdicts_of(card),
        form=form.values(),
        clerk=at.clerk,
        first_clerk=at.first_clerk or at.clerk,
        accepted_ms=at.now_ms,
        accepted_on=at.today.isoformat(),
        promised_due=None,
        statutory_due=None,
        provisional=False,
        doc_no=numbers.doc_no,
        query_code=numbers.query_code,
        rating_token=numbers.rating_token,
        visit_id=visit_id,
        guardian=card.guardian.to_json() if card.guardian else None,
        organisation=card.organisation.to_json() if card.organisation else None,
        received_on=at.today.isoformat(),
        consent=consent_record(card.consent_ms),
    )
    if event is CaseEvent.RECEIVE:
        case = answer_awaited(case, at.calendar)
    elif event in CLOCK_STARTS:
        case = counted(item, case, at.calendar)
    promised = None if case.promised_due is None else date.fromisoformat(case.promised_due)
    return replace(case, deferred=deferred_until(card, at.today, promised, at.calendar))


def verdicts_of(card: WorkCard) -> dict[str, dict[str, str | bool]]:
    """Return the verdicts of a page as a case keeps them, by material."""
    return {
        state.line.material.id: {
            "verdict": state.mark.verdict.value,
            "reason": state.mark.reason,
            "check_failed": state.mark.check_failed,
        }
        for state in card.materials.states()
        if state.mark is not None and not state.waived
    }
