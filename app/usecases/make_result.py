"""移交出件: the sealed decision and what it gives go to the hand-out window (domain rules L15, I57)."""

from dataclasses import replace

from app.domain.case import Case, CaseEvent
from app.domain.case_step import Step
from app.domain.clerk import Clerk
from app.domain.decision import DecisionKind, decision_of
from app.domain.decision_paper import SLIPS
from app.domain.original import OriginalState
from app.domain.rights import Act
from app.ports.clock import Clock
from app.ports.store import Reading, Store
from app.usecases.acting import ActRefusal, ActRefused, require
from app.usecases.deciding import moved, of_department, on_desk, tell_fact


def hand_to_window(store: Store, clock: Clock, case_id: str, by: Clerk) -> Case:
    """Hand a decided case over; a granted one waits to be picked up, a denied one to be served.

    Raises:
        ActRefused: no right, another department's, nothing decided, handed over before, or the document not sealed.
    """
    require(by, Act.DECIDE_CASE)
    with store.begin() as work:
        desk = of_department(on_desk(work, clock, case_id, by), by)
        decision = decision_of(desk.case)
        if decision is None or decision.made_on is not None:
            raise ActRefused(ActRefusal.NOT_READY_FOR_PICKUP)
        if not sealed_here(work, desk.case, SLIPS[decision.kind]):
            raise ActRefused(ActRefusal.DECISION_UNSEALED)
        made = replace(decision, made_on=desk.at.today.isoformat())
        event = CaseEvent.MAKE_RESULT if decision.kind is DecisionKind.GRANTED else None
        case = moved(desk, event, Step.RESULT, decision=made.to_json())
        tell_fact(work, by, case, "case.result_made", {"decision": made.to_json()})
        return case


def sealed_here(view: Reading, case: Case, slip: str) -> bool:
    """Say whether the document of a case lies here under seal."""
    return any(each.slip == slip and each.state is OriginalState.SEALED for each in view.originals_of(case.case_id))
