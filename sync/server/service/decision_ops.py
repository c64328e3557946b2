"""What the department says of a case: taken up, granted, denied, handed to the hand-out window, told, served."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from app.domain.case import CASE, Case, CaseEvent
from app.domain.case_step import HandOver, Step
from app.domain.decision import Decision, DecisionKind, decision_of
from app.domain.operation import Operation
from app.domain.payment import owes
from app.domain.upward import is_upward, result_attached, upward_of
from app.domain.work.materials import Verdict
from sync.server.service.answered_in_time import answered
from sync.server.service.desk import Desk, Parked, Reason, payload_of
from sync.server.service.hall_plan import ALL_ITEMS
from sync.server.service.held_case import Held, Unreadable, held_of, item_of, keep
from sync.server.service.proof_of_service import check_proof
from sync.server.storage.cases import MirroredCase
from sync.server.storage.clerks import Profile
from sync.server.storage.feed import Change

_MAX_TEXT = 1000
_MAX_STEPS = 40


@dataclass(frozen=True, slots=True)
class _Stepped:
    steps: list[HandOver]


@dataclass(frozen=True, slots=True)
class _Acceptance:
    doc_no: str
    accepted_on: str
    accepted_ms: int
    promised_due: str | None
    statutory_due: str | None
    provisional: bool
    clock: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class _AcceptedInside:
    steps: list[HandOver]
    acceptance: _Acceptance


@dataclass(frozen=True, slots=True)
class _Completed:
    materials: list[str]


@dataclass(frozen=True, slots=True)
class _Decided:
    steps: list[HandOver]
    decision: Decision


@dataclass(frozen=True, slots=True, repr=False)
class _Handed:
    on: str
    at_ms: int
    name: str
    number: str


@dataclass(frozen=True, slots=True)
class _HandedOut:
    handed_to: _Handed


def review_begun(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Let the department take an accepted case up."""
    held = deciding(desk, operation, actor)
    stepped = payload_of(operation, _Stepped)
    return [stand(desk, held, CaseEvent.REVIEW, steps=steps(held, stepped.steps, actor, Step.REVIEW))]


def accepted_inside(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Take the acceptance of papers that their window might only take in; silence accepts no more."""
    held = deciding(desk, operation, actor, CaseEvent.ACCEPT)
    said = payload_of(operation, _AcceptedInside)
    told = said.acceptance
    if not _told(told.doc_no, told.accepted_on):
        raise Parked(Reason.MALFORMED_PAYLOAD)
    done = steps(held, said.steps, actor, Step.ACCEPTANCE)
    return [stand(desk, held, CaseEvent.ACCEPT, steps=done, notice_due=None, **asdict(told))]


def deferred_completed(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Take in that every deferred material came, which has to be before the case is granted."""
    held = deciding(desk, operation, actor)
    came = payload_of(operation, _Completed).materials
    if not held.case.deferred or sorted(held.case.deferred) != came:
        raise Parked(Reason.MALFORMED_PAYLOAD)
    good = {key: {**held.case.verdicts.get(key, {}), "verdict": Verdict.OK.value, "reason": ""} for key in came}
    return [stand(desk, held, None, verdicts={**held.case.verdicts, **good}, deferred=None)]


def case_granted(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Take the decision to grant."""
    return _decide(desk, operation, actor, DecisionKind.GRANTED, CaseEvent.GRANT)


def case_denied(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Take a denial: never without conditions, facts and remedies (Licensing Law art. 38(2))."""
    return _decide(desk, operation, actor, DecisionKind.DENIED, CaseEvent.DENY)


def result_made(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Let what was decided wait at the hand-out window."""
    held = deciding(desk, operation, actor)
    said = payload_of(operation, _Decided)
    before = same_decision(held, said.decision)
    if before.made_on is not None or said.decision.made_on is None:
        raise Parked(Reason.ILLEGAL_TRANSITION)
    event = CaseEvent.MAKE_RESULT if before.kind is DecisionKind.GRANTED else None
    done = steps(held, said.steps, actor, Step.RESULT)
    return [stand(desk, held, event, steps=done, decision=said.decision.to_json())]


def result_told(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Keep that the applicant was told; the first notice counts, more are let pass."""
    held = held_of(desk, operation)
    said = payload_of(operation, _Decided)
    before = same_decision(held, said.decision)
    if before.made_on is None or said.decision.told is None or not may_hand_out(desk, held.case, actor):
        raise Parked(Reason.ILLEGAL_TRANSITION)
    done = steps(held, said.steps, actor, Step.TOLD if before.told is None else None)
    return [stand(desk, held, None, steps=done, decision=said.decision.to_json())]


def handed_out(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Record to whom the decision was served, at whichever window that was."""
    held = held_of(desk, operation)
    if not may_hand_out(desk, held.case, actor):
        raise Parked(Reason.FORBIDDEN_ACTOR)
    said = payload_of(operation, _Decided)
    before = same_decision(held, said.decision)
    handed = payload_of(operation, _HandedOut).handed_to
    if before.made_on is None or said.decision.served is None or not _told(handed.number, handed.name):
        raise Parked(Reason.MALFORMED_PAYLOAD)
    check_proof(said.decision.served, actor)
    if not result_attached(upward_of(held.case)) or owes_fee(desk, held):
        raise Parked(Reason.ILLEGAL_TRANSITION)
    done = steps(held, said.steps, actor, Step.HAND_OUT)
    more = {"handed_to": operation.payload["handed_to"]}
    return [stand(desk, held, CaseEvent.DELIVER, more, steps=done, decision=said.decision.to_json())]


def deciding(desk: Desk, operation: Operation, actor: Profile, answer: CaseEvent | None = None) -> Held:
    """Return the case if the actor's department decides it and they are qualified for its item.

    ``answer`` is the event of an answer to received papers, which counts if it was given in time.

    Raises:
        Parked: ``forbidden_actor``, or what ``held_of`` raises.
    """
    held = held_of(desk, operation) if answer is None else answered(desk, operation, answer)
    if held.case.department != actor.department or not qualified(held.case, actor):
        raise Parked(Reason.FORBIDDEN_ACTOR)
    return held


def qualified(case: Case | MirroredCase, actor: Profile) -> bool:
    """Say whether a person may handle the item of a case."""
    return ALL_ITEMS in actor.items or case.item_id in actor.items


def goes_up(desk: Desk, held: Held) -> bool:
    """Say whether a higher authority decides the item of a case, in the version it was taken in under."""
    try:
        return is_upward(item_of(desk.context, desk.connection, held.case))
    except Unreadable as error:
        raise Parked(Reason.MALFORMED_PAYLOAD) from error


def owes_fee(desk: Desk, held: Held) -> bool:
    """Say whether a granted case is not to be handed out yet: its fee was not taken (domain rule I19)."""
    decision = decision_of(held.case)
    try:
        item = item_of(desk.context, desk.connection, held.case)
    except Unreadable:
        return False
    return decision is not None and decision.kind is DecisionKind.GRANTED and owes(held.case, item)


def stand(
    desk: Desk, held: Held, event: CaseEvent | None, more: Mapping[str, Any] | None = None, **changes: Any
) -> Change:
    """Keep the case after an event, None where its state stays."""
    state = CASE.after(held.case.state, event) if event is not None else held.case.state
    return keep(desk.context, desk.connection, held, replace(held.case, state=state, **changes), more)


def steps(held: Held, said: Sequence[HandOver], actor: Profile, step: Step | None) -> list[dict[str, Any]]:
    """Return the steps of a case with the one that was done now, None where none was.

    Raises:
        Parked: ``malformed_payload`` where the steps before are others, or the new one is not this actor's.
    """
    known = [dict(each) for each in held.case.steps or ()]
    plain = [
        {"step": each.step.value, "clerk": each.clerk, "window": each.window, "at_ms": each.at_ms} for each in said
    ]
    new = plain[len(plain) - 1 :] if step is not None else []
    before = plain[: len(plain) - len(new)]
    if not (before == known or (held.seen.upto is not None and _among(before, known))):
        raise Parked(Reason.MALFORMED_PAYLOAD)
    if not len(new) == (step is not None) or len(known) + len(new) > _MAX_STEPS:
        raise Parked(Reason.MALFORMED_PAYLOAD)
    if step is not None and (new[0]["step"], new[0]["clerk"]) != (step.value, actor.clerk):
        raise Parked(Reason.MALFORMED_PAYLOAD)
    return [*known, *new]


def _among(steps: Sequence[Mapping[str, Any]], known: Sequence[Mapping[str, Any]]) -> bool:
    """Say whether steps that somebody knew of an older revision are all there, in their order."""
    rest = iter(known)
    return all(each in rest for each in steps)


def _decide(desk: Desk, operation: Operation, actor: Profile, kind: DecisionKind, event: CaseEvent) -> list[Change]:
    held = deciding(desk, operation, actor)
    said = payload_of(operation, _Decided)
    decision = said.decision
    open_ends = (decision.made_on, decision.told, decision.served)
    if decision.kind is not kind or decision.by != actor.clerk or any(open_ends) or not _grounded(decision):
        raise Parked(Reason.MALFORMED_PAYLOAD)
    upward = upward_of(held.case)
    back = upward is not None and upward.result is not None
    if (kind is DecisionKind.GRANTED and held.case.deferred) or (not back and goes_up(desk, held)):
        raise Parked(Reason.ILLEGAL_TRANSITION)
    done = steps(held, said.steps, actor, Step.DECISION)
    return [stand(desk, held, event, steps=done, decision=decision.to_json())]


def _grounded(decision: Decision) -> bool:
    """Say whether the decision says what the law asks of it: number, basis, remedies, and of a denial its reasons."""
    remedies = _told(decision.review_org, decision.court) and decision.review_days > 0 and decision.suit_months > 0
    cited = bool(decision.basis) and _told(*decision.basis, decision.doc_no)
    if decision.kind is DecisionKind.GRANTED:
        return remedies and cited and bool(decision.deliver_by)
    return remedies and cited and bool(decision.unmet) and _told(*decision.unmet, decision.facts)


def same_decision(held: Held, said: Decision) -> Decision:
    """Return the decision as it stood; only making, telling and serving may have been added.

    Raises:
        Parked: ``illegal_transition`` where nothing was decided, ``malformed_payload`` where it was decided otherwise.
    """
    before = decision_of(held.case)
    if before is None:
        raise Parked(Reason.ILLEGAL_TRANSITION)
    if _bare(before) != _bare(said):
        raise Parked(Reason.MALFORMED_PAYLOAD)
    kept = ((before.made_on, said.made_on), (before.told, said.told), (before.served, said.served))
    if any(old is not None and old != new for old, new in kept):
        raise Parked(Reason.MALFORMED_PAYLOAD)
    return before


def _bare(decision: Decision) -> Decision:
    return replace(decision, made_on=None, told=None, served=None)


def may_hand_out(desk: Desk, case: Case | MirroredCase, actor: Profile) -> bool:
    """The window that took a case in hands it out, one that serves its item, and the centre's hand-out window."""
    pickup = desk.context.plan(desk.connection, desk.hall).pickup
    return qualified(case, actor) or desk.window == case.window or desk.window in pickup


def _told(*texts: str) -> bool:
    return all(each.strip() and len(each) <= _MAX_TEXT for each in texts)
