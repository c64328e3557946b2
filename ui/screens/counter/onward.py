"""What the store says of the next window of a citizen who holds a paper: where it is, who waits, was a paper given."""

from dataclasses import dataclass

from app.domain.case import Case
from app.domain.catalogue.catalogue import Catalogue
from app.domain.referral import Goal
from app.domain.visit import Visit, VisitState
from app.ports.store import Reading
from app.usecases.refer_on import goal_at, paper_of

MOST_COUNTED = 100


@dataclass(frozen=True, slots=True)
class Onward:
    """``waiting`` is as this counter last heard; ``given`` says that the paper of the referral was printed already."""

    goal: Goal
    waiting: int
    given: bool


def read_onward(view: Reading, visit: Visit | None, issued: Case | None, catalogue: Catalogue | None) -> Onward | None:
    """Return where the citizen at the window goes next; None while they hold no paper, or nothing is known."""
    counter = view.counter()
    if visit is None or visit.state is not VisitState.ISSUED or catalogue is None or counter is None:
        return None
    goal = goal_at(view, visit, issued, catalogue, counter.window)
    if goal is None:
        return None
    waiting = len(view.waiting((goal.business,), MOST_COUNTED)) if goal.business else 0
    return Onward(goal, waiting, bool(view.print_jobs_of(paper_of(visit))))
