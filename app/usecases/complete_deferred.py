"""容缺补齐: what was deferred at the window has come; from now on the case may be granted (domain rule L10)."""

from app.domain.case import Case
from app.domain.clerk import Clerk
from app.domain.rights import Act
from app.domain.work.materials import Verdict
from app.ports.clock import Clock
from app.ports.store import Store
from app.usecases.acting import ActRefusal, ActRefused, require
from app.usecases.deciding import moved, of_department, on_desk, tell_fact


def complete_deferred(store: Store, clock: Clock, case_id: str, *, by: Clerk) -> Case:
    """Record that every deferred material came and is in order.

    Raises:
        ActRefused: no right, another department's, a case not whole, or one in which nothing is deferred.
    """
    require(by, Act.REVIEW_CASE)
    with store.begin() as work:
        desk = of_department(on_desk(work, clock, case_id, by), by)
        came = sorted(desk.case.deferred or ())
        if not came:
            raise ActRefused(ActRefusal.NOTHING_DEFERRED)
        verdicts = {**desk.case.verdicts, **{key: in_order(desk.case.verdicts.get(key, {})) for key in came}}
        case = moved(desk, None, verdicts=verdicts, deferred=None)
        tell_fact(work, by, case, "case.deferred_completed", {"materials": came})
        return case


def in_order(mark: object) -> dict[str, object]:
    """Return the verdict of a material that came later."""
    known = mark if isinstance(mark, dict) else {}
    return {**known, "verdict": Verdict.OK.value, "reason": ""}
