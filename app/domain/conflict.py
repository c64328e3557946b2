"""What became of an operation that could not be applied, and the ways out of it: never lost, never stuck.

Source: sync.md section 1 (an illegal transition becomes a task for a person; the same field keeps both). The table is
total: whatever kind an operation is of and whatever it was parked for, a person at its counter has a way out.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

_LONGEST_SHOWN = 64


class Reason(StrEnum):
    """Why an operation is parked (sync/protocol/README.md)."""

    ILLEGAL_TRANSITION = "illegal_transition"
    STALE_REV = "stale_rev"
    TAKEN_ELSEWHERE = "taken_elsewhere"
    DUPLICATE_NUMBER = "duplicate_number"
    UNKNOWN_KIND = "unknown_kind"
    FORBIDDEN_ACTOR = "forbidden_actor"
    UNKNOWN_TICKET = "unknown_ticket"
    MALFORMED_PAYLOAD = "malformed_payload"
    NOT_AS_PUBLISHED = "not_as_published"
    LAW_LAPSED = "law_lapsed"


class How(StrEnum):
    """How a person resolved it.

    ``take``: what stands at the server holds; papers of the act are voided, and so is a case that never came to be.
    ``redo``: the same, and the act is done anew on what stands. ``manager``: the floor manager sees to it.
    """

    TAKE = "take"
    REDO = "redo"
    MANAGER = "manager"


class Matter(StrEnum):
    """What kind of fact an operation tells, as far as the ways out go."""

    TICKET = "ticket"
    CASE = "case"
    FACT = "fact"
    """Insert-only: a notice, a rating, a complaint, a copy, a pause; it is put right by telling it anew."""


RESOLVED = "conflict.resolved"
"""The operation of a resolution; when even that is parked, it is a fact like others."""

_NEVER_TRUE = frozenset({Reason.DUPLICATE_NUMBER, Reason.UNKNOWN_KIND})
"""Doing it once more would end the same way: the case is given up or taken to the floor manager."""

WAYS: Mapping[Matter, tuple[How, ...]] = MappingProxyType(
    {
        Matter.TICKET: (How.TAKE, How.MANAGER),
        Matter.CASE: (How.TAKE, How.REDO, How.MANAGER),
        Matter.FACT: (How.TAKE, How.MANAGER),
    }
)


def matter_of(kind: str) -> Matter:
    """Return what an operation of this kind is about."""
    entity, _, _ = kind.partition(".")
    return {"ticket": Matter.TICKET, "case": Matter.CASE}.get(entity, Matter.FACT)


def ways_out(kind: str, reason: str, *, stands: bool) -> tuple[How, ...]:
    """Return the numbered ways out, in the order they are shown; never none.

    ``stands`` says whether the server holds the case or ticket: a case that it never took in is not done anew on it.
    """
    ways = WAYS[matter_of(kind)]
    if not stands or reason in _NEVER_TRUE:
        return tuple(each for each in ways if each is not How.REDO)
    return ways


def subject_of(payload: Mapping[str, object], entity_id: str) -> str:
    """Return what a card over a parked operation names: the number of its case or ticket, else what it is about."""
    return shown(str(payload.get("case_no") or payload.get("number") or entity_id))


def shown(said: str, longest: int = _LONGEST_SHOWN) -> str:
    """Return what a card can show of what a counter said; nothing of what has no signs."""
    return said[:longest] if said.isprintable() else ""
