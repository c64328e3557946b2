"""What a department answers to papers that a window only took in, and that the window told the applicant of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.domain.business_day import business_date
from app.domain.case import CaseEvent
from app.domain.case_step import HandOver, Step
from app.domain.decision import ToldHow
from app.domain.inside_answer import untold
from app.domain.operation import Operation
from app.domain.refusal_grounds import GroundKind
from app.domain.work.materials import SHORT, Verdict
from sync.server.service.decision_ops import deciding, may_hand_out, stand, steps
from sync.server.service.desk import Desk, Parked, Reason, payload_of
from sync.server.service.ending_ops import SaidRefusal
from sync.server.service.held_case import held_of
from sync.server.service.published_case import check_published
from sync.server.storage.clerks import Profile
from sync.server.storage.feed import Change

_MAX_TEXT = 1000
_MAX_NUMBER = 64
_MAX_LINES = 200


@dataclass(frozen=True, slots=True)
class _Line:
    material: str
    verdict: Verdict
    what: str
    fix: str


@dataclass(frozen=True, slots=True)
class _Notice:
    doc_no: str
    on: str
    count: int
    inside: int
    lines: list[_Line]


@dataclass(frozen=True, slots=True)
class _Noticed:
    steps: list[HandOver]
    doc_no: str
    notice: _Notice
    verdicts: dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class _Refused:
    steps: list[HandOver]
    doc_no: str
    refusal: SaidRefusal


@dataclass(frozen=True, slots=True)
class _Told:
    steps: list[HandOver]
    how: ToldHow


def noticed_inside(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Take the one list of what is missing; a later one may name nothing new (domain rule I03)."""
    held = deciding(desk, operation, actor, CaseEvent.NOTICE_SUPPLEMENT)
    said = payload_of(operation, _Noticed)
    done = steps(held, said.steps, actor, Step.NOTICE)
    if not _numbered(said.doc_no) or said.notice.doc_no != said.doc_no or not _listed(said, held.case.notice):
        raise Parked(Reason.MALFORMED_PAYLOAD)
    if said.notice.on != business_date(operation.wall_ms).isoformat():
        raise Parked(Reason.MALFORMED_PAYLOAD)
    told = {**(held.case.notice or {}), **operation.payload["notice"]}
    changes = {"doc_no": said.doc_no, "verdicts": operation.payload["verdicts"], "notice": told}
    check_published(desk, replace(held.case, **changes), CaseEvent.NOTICE_SUPPLEMENT)
    return [stand(desk, held, CaseEvent.NOTICE_SUPPLEMENT, steps=done, notice_due=None, **changes)]


def refused_inside(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Take a refusal: never for incomplete papers, never without ground, facts and a way on (domain rule I04)."""
    held = deciding(desk, operation, actor, CaseEvent.REFUSE)
    said = payload_of(operation, _Refused)
    done = steps(held, said.steps, actor, Step.REFUSAL)
    told = said.refusal
    grounded = told.kind is not GroundKind.INCOMPLETE and bool(told.clause or told.own_basis)
    if not grounded or not _numbered(said.doc_no) or not _worded(told.fact, told.guide, told.decision):
        raise Parked(Reason.MALFORMED_PAYLOAD)
    refusal = operation.payload["refusal"]
    return [stand(desk, held, CaseEvent.REFUSE, steps=done, notice_due=None, doc_no=said.doc_no, refusal=refusal)]


def answer_told(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Keep that the applicant was told of the department's answer."""
    held = held_of(desk, operation)
    said = payload_of(operation, _Told)
    if not may_hand_out(desk, held.case, actor):
        raise Parked(Reason.FORBIDDEN_ACTOR)
    if not untold(held.case):
        raise Parked(Reason.ILLEGAL_TRANSITION)
    return [stand(desk, held, None, steps=steps(held, said.steps, actor, Step.TOLD))]


def _listed(said: _Noticed, before: Mapping[str, Any] | None) -> bool:
    """Say whether the list names faults that the verdicts have, and nothing that an earlier one did not name."""
    notice = said.notice
    known = {str(each["material"]) for each in before["lines"]} if before is not None else None
    count = int(before["count"]) + 1 if before is not None else 1
    named = {each.material: each.verdict for each in notice.lines}
    short = {key: each["verdict"] for key, each in said.verdicts.items() if each.get("verdict") in SHORT}
    return (
        0 < len(notice.lines) == len(named) <= _MAX_LINES
        and notice.count == notice.inside == count
        and (known is None or known == named.keys())
        and bool(short)
        and all(named.get(key) == verdict for key, verdict in short.items())
        and all(_worded(each.what, each.fix) for each in notice.lines)
    )


def _numbered(number: str) -> bool:
    return 0 < len(number.strip()) <= _MAX_NUMBER and number.isprintable()


def _worded(*texts: str) -> bool:
    return all(each.strip() and len(each) <= _MAX_TEXT for each in texts)
