"""What this window has for applicants: results to take, and departments' answers that nobody told them of."""

from app.domain.case import Case, CaseState
from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.organisation import PICKUP_KIND
from app.domain.decision import decision_of
from app.domain.inside_answer import untold
from app.ports.store import Reading


def read_pickup(view: Reading, window: str, catalogue: Catalogue | None) -> tuple[Case, ...]:
    """Return the decided cases whose document nobody took: all at the hand-out window, else those taken in here."""
    here = catalogue.windows.get(window) if catalogue is not None else None
    everything = here is not None and here.kind == PICKUP_KIND
    waiting = view.cases_standing({CaseState.AWAITING_PICKUP, CaseState.DENIED})
    return tuple(each for each in waiting if (everything or each.window == window) and _lies_ready(each))


def read_answers(view: Reading, window: str) -> tuple[Case, ...]:
    """Return the cases of this window that a department answered and whose applicant nobody told."""
    found = view.cases_standing({CaseState.SUPPLEMENT_NOTICED, CaseState.REFUSED})
    return tuple(each for each in found if each.window == window and view.case_whole(each.case_id) and untold(each))


def _lies_ready(case: Case) -> bool:
    decision = decision_of(case)
    return decision is not None and decision.made_on is not None and decision.served is None
