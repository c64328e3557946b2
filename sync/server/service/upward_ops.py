"""What a window says of a case that a higher authority decides: sent up, asked for, its result back (rule I07)."""

import re
from dataclasses import dataclass, replace

from app.domain.case import CaseState
from app.domain.case_step import HandOver
from app.domain.operation import Operation
from app.domain.upward import ORDER, Upward, UpwardStage, upward_of
from sync.server.service.decision_ops import goes_up, qualified, stand, steps
from sync.server.service.desk import Desk, Parked, Reason, payload_of
from sync.server.service.held_case import Held, held_of
from sync.server.storage import upward
from sync.server.storage.clerks import Profile
from sync.server.storage.feed import Change
from sync.server.storage.upward import UpwardCase

_HASH = re.compile("[0-9a-f]{64}")
_OPEN = frozenset({CaseState.ACCEPTED, CaseState.REVIEWING, CaseState.SUSPENDED})


@dataclass(frozen=True, slots=True)
class _Upward:
    steps: list[HandOver]
    upward: Upward


def case_reported(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Keep that a case went up; who accepted it stays responsible."""
    held, said = _said(desk, operation, actor)
    before = upward_of(held.case)
    begun = said.stage is UpwardStage.REPORTED and len(said.notes) == 1 and said.clerk == held.case.clerk
    if before is not None or not begun or not goes_up(desk, held):
        raise Parked(Reason.ILLEGAL_TRANSITION)
    return _keep(desk, held, said)


def upward_noted(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Keep one more contact with the higher authority."""
    held, said = _said(desk, operation, actor)
    before = upward_of(held.case)
    if before is None or said.stage is UpwardStage.RETURNED or not _follows(before, said):
        raise Parked(Reason.ILLEGAL_TRANSITION)
    return _keep(desk, held, said)


def upward_returned(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Keep the higher authority's result: number, date and organ of its document."""
    held, said = _said(desk, operation, actor)
    before, result = upward_of(held.case), said.result
    if before is None or said.stage is not UpwardStage.RETURNED or not _follows(before, said):
        raise Parked(Reason.ILLEGAL_TRANSITION)
    if result is None or not all(each.strip() for each in (result.doc_no, result.on, result.organ)):
        raise Parked(Reason.MALFORMED_PAYLOAD)
    if result.file_hash and not _HASH.fullmatch(result.file_hash):
        raise Parked(Reason.MALFORMED_PAYLOAD)
    return _keep(desk, held, said)


def _said(desk: Desk, operation: Operation, actor: Profile) -> tuple[Held, Upward]:
    held = held_of(desk, operation)
    if not qualified(held.case, actor):
        raise Parked(Reason.FORBIDDEN_ACTOR)
    if held.case.state not in _OPEN:
        raise Parked(Reason.ILLEGAL_TRANSITION)
    said = payload_of(operation, _Upward)
    steps(held, said.steps, actor, None)
    if not said.upward.notes or said.upward.notes[-1].clerk != actor.clerk:
        raise Parked(Reason.MALFORMED_PAYLOAD)
    return held, said.upward


def _follows(before: Upward, said: Upward) -> bool:
    """Say whether one contact was added, at the same stage or the next, and nothing else changed."""
    onward = ORDER.index(said.stage) - ORDER.index(before.stage)
    same = replace(said, stage=before.stage, notes=before.notes, next_contact_on=None, result=None)
    added = len(said.notes) == len(before.notes) + 1 and said.notes[:-1] == before.notes
    closed = (said.result is not None) == (said.stage is UpwardStage.RETURNED) == (said.next_contact_on is None)
    return (
        before.result is None
        and onward in {0, 1}
        and added
        and closed
        and same == replace(before, next_contact_on=None)
    )


def _keep(desk: Desk, held: Held, said: Upward) -> list[Change]:
    case = held.case
    closed = said.stage is UpwardStage.RETURNED
    row = UpwardCase(
        desk.hall,
        case.case_id,
        case.case_no,
        case.window,
        said.clerk,
        said.stage.value,
        said.organ,
        said.next_contact_on,
        closed,
    )
    upward.put(desk.connection, row)
    return [stand(desk, held, None, upward=said.to_json())]
