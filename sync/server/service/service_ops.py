"""What a window says of a service that was no hand-out: how a decision or a refusal reached its person (rule L20)."""

from dataclasses import dataclass

from app.domain.case import CaseEvent, CaseState
from app.domain.case_step import HandOver, Step
from app.domain.decision import Decision
from app.domain.operation import Operation
from app.domain.service import Service
from app.domain.upward import result_attached, upward_of
from sync.server.service.decision_ops import may_hand_out, owes_fee, same_decision, stand, steps
from sync.server.service.desk import Desk, Parked, Reason, payload_of
from sync.server.service.held_case import held_of
from sync.server.service.proof_of_service import check_proof
from sync.server.storage.clerks import Profile
from sync.server.storage.feed import Change


@dataclass(frozen=True, slots=True)
class _DecisionServed:
    steps: list[HandOver]
    decision: Decision


@dataclass(frozen=True, slots=True)
class _RefusalServed:
    steps: list[HandOver]
    service: Service


def case_served(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Record the service; one whose proof has a hole is not taken, and a document is served once."""
    held = held_of(desk, operation)
    if not may_hand_out(desk, held.case, actor):
        raise Parked(Reason.FORBIDDEN_ACTOR)
    if held.case.state is CaseState.REFUSED:
        said = payload_of(operation, _RefusalServed)
        if held.case.service is not None:
            raise Parked(Reason.ILLEGAL_TRANSITION)
        check_proof(said.service, actor)
        done = steps(held, said.steps, actor, None)
        return [stand(desk, held, None, steps=done or None, service=said.service.to_json())]
    told = payload_of(operation, _DecisionServed)
    before = same_decision(held, told.decision)
    ready = before.made_on is not None and before.served is None and result_attached(upward_of(held.case))
    if not ready or owes_fee(desk, held):
        raise Parked(Reason.ILLEGAL_TRANSITION)
    check_proof(told.decision.served, actor)
    done = steps(held, told.steps, actor, Step.HAND_OUT)
    return [stand(desk, held, CaseEvent.DELIVER, steps=done, decision=told.decision.to_json())]
