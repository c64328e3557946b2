"""上报件: a case that a higher authority decides; the accepting clerk stays responsible for it to the end (rule I07).

The stages follow one another: 上报 → 上级受理 → 上级办结 → 回传. Until the result came back somebody asks for it again
and again: each note says when the next one is due, and past that day the clerk and the floor manager are told.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from app.domain import deadline
from app.domain.calendar import WorkCalendar
from app.domain.case import Case
from app.domain.catalogue.item import Item
from app.domain.limit_unit import LimitUnit

FLAG = "上报件"
"""The flag of an item that a higher authority decides."""
CONTACT_WORKDAYS = 5
"""How often the higher authority is asked, where the configuration says nothing else (domain.md section 5)."""
MAX_TEXT = 200
"""Characters of a note, an organ or a number."""


class UpwardStage(StrEnum):
    """How far a case is with the higher authority."""

    REPORTED = "reported"
    ACCEPTED = "accepted"
    DECIDED = "decided"
    RETURNED = "returned"


ORDER = tuple(UpwardStage)


class UpwardImpossible(Exception):  # noqa: N818 - a business "no"
    """A stage is left out or comes twice, or what the higher authority gave is not named."""


@dataclass(frozen=True, slots=True)
class Note:
    """One contact with the higher authority; dates ISO, ``at_ms`` UTC milliseconds."""

    on: str
    at_ms: int
    clerk: str
    stage: UpwardStage
    text: str
    next_on: str


@dataclass(frozen=True, slots=True)
class HigherResult:
    """The document of the higher authority: number, date (ISO), issuing organ, the hash of its scan if there is one.

    ``granted`` is what it decided.
    """

    doc_no: str
    on: str
    organ: str
    granted: bool
    file_hash: str = ""


@dataclass(frozen=True, slots=True)
class Upward:
    """How a case stands there; ``clerk`` is 代理责任人, ``next_contact_on`` None once the result is back."""

    stage: UpwardStage
    organ: str
    clerk: str
    reported_on: str
    next_contact_on: str | None
    notes: tuple[Note, ...] = ()
    result: HigherResult | None = None

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {**asdict(self), "notes": [asdict(each) for each in self.notes]}


@dataclass(frozen=True, slots=True)
class Contact:
    """Who spoke with the higher authority when; ``days`` working days later they ask again."""

    clerk: str
    on: date
    at_ms: int
    calendar: WorkCalendar
    days: int = CONTACT_WORKDAYS

    @property
    def next_on(self) -> str:
        """The day by which the next contact is due, ISO."""
        return deadline.due(self.on, self.days, LimitUnit.WORKING_DAYS, self.calendar).date.isoformat()


def is_upward(item: Item) -> bool:
    """Say whether a higher authority decides the item."""
    return FLAG in item.flags


def upward_of(case: Case) -> Upward | None:
    """Return how a case stands with the higher authority; None before it was reported."""
    return upward_from(case.upward)


def upward_from(kept: Mapping[str, Any] | None) -> Upward | None:
    """Return what was kept of a case; None where nothing was."""
    if kept is None:
        return None
    result = kept.get("result")
    return Upward(
        **{
            **kept,
            "stage": UpwardStage(kept["stage"]),
            "notes": tuple(Note(**{**each, "stage": UpwardStage(each["stage"])}) for each in kept["notes"]),
            "result": HigherResult(**result) if result else None,
        }
    )


def reported(organ: str, responsible: str, contact: Contact) -> Upward:
    """Return a case that was just sent up to ``organ``; ``responsible`` is who accepted it.

    Raises:
        UpwardImpossible: no organ is named.
    """
    upward = Upward(UpwardStage.REPORTED, _named(organ), responsible, contact.on.isoformat(), None)
    return _noted(upward, contact, "上报")


def contacted(upward: Upward, contact: Contact, text: str, *, stage: UpwardStage | None = None) -> Upward:
    """Return it after a contact, at the next ``stage`` where the higher authority said so.

    Raises:
        UpwardImpossible: nothing was noted, a stage is left out or comes twice, or the result is back already.
    """
    if upward.stage is UpwardStage.RETURNED or stage is UpwardStage.RETURNED:
        raise UpwardImpossible
    if stage is not None and ORDER.index(stage) != ORDER.index(upward.stage) + 1:
        raise UpwardImpossible
    return _noted(replace(upward, stage=stage or upward.stage), contact, _named(text))


def returned(upward: Upward, contact: Contact, result: HigherResult) -> Upward:
    """Return it with the result that came back (回传).

    Raises:
        UpwardImpossible: the higher authority has not decided, or number, date or organ of its document are missing.
    """
    if upward.stage is not UpwardStage.DECIDED:
        raise UpwardImpossible
    date.fromisoformat(result.on)
    kept = replace(result, doc_no=_named(result.doc_no), organ=_named(result.organ))
    after = _noted(replace(upward, stage=UpwardStage.RETURNED), contact, f"回传 {kept.doc_no}")
    return replace(after, result=kept, next_contact_on=None)


def result_attached(upward: Upward | None) -> bool:
    """Say whether a case may end: one that went up has the higher authority's result with it."""
    return upward is None or upward.result is not None


def overdue(upward: Upward | None, today: date) -> bool:
    """Say whether the next contact is past its day."""
    due = upward.next_contact_on if upward else None
    return due is not None and today > date.fromisoformat(due)


def _noted(upward: Upward, contact: Contact, text: str) -> Upward:
    note = Note(contact.on.isoformat(), contact.at_ms, contact.clerk, upward.stage, text, contact.next_on)
    return replace(upward, notes=(*upward.notes, note), next_contact_on=contact.next_on)


def _named(text: str) -> str:
    if not text.strip() or len(text) > MAX_TEXT:
        raise UpwardImpossible
    return text.strip()
