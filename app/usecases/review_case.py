"""审查: the reviewer takes an accepted case up; from this moment the department has it (domain rule L15)."""

from app.domain.case import Case, CaseEvent
from app.domain.case_step import Step
from app.domain.clerk import Clerk
from app.domain.rights import Act
from app.ports.clock import Clock
from app.ports.store import Store
from app.usecases.acting import require
from app.usecases.deciding import moved, of_department, on_desk, tell_fact


def take_up(store: Store, clock: Clock, case_id: str, by: Clerk) -> Case:
    """Take the case up.

    Raises:
        ActRefused: no right, another department's, or a case this counter does not hold whole.
        IllegalTransition: it is not waiting to be reviewed.
    """
    require(by, Act.REVIEW_CASE)
    with store.begin() as work:
        desk = of_department(on_desk(work, clock, case_id, by), by)
        case = moved(desk, CaseEvent.REVIEW, Step.REVIEW)
        tell_fact(work, by, case, "case.review_begun")
        return case
