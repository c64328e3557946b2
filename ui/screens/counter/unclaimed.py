"""Which results lie at this window for somebody to take."""

from app.domain.case import Case, CaseState
from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.organisation import PICKUP_KIND
from app.domain.decision import decision_of
from app.ports.store import Reading


def read_pickup(view: Reading, window: str, catalogue: Catalogue | None) -> tuple[Case, ...]:
    """Return the decided cases whose document nobody took: all at the hand-out window, else those taken in here."""
    here = catalogue.windows.get(window) if catalogue is not None else None
    everything = here is not None and here.kind == PICKUP_KIND
    waiting = view.cases_standing({CaseState.AWAITING_PICKUP, CaseState.DENIED})
    return tuple(each for each in waiting if (everything or each.window == window) and _lies_ready(each))


def _lies_ready(case: Case) -> bool:
    decision = decision_of(case)
    return decision is not None and decision.made_on is not None and decision.served is None
