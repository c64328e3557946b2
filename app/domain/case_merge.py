"""Two who changed a case at once: disjoint fields merge, the same field keeps both, nothing is silently overwritten.

Source: sync.md section 1, the conflict table. The server keeps with every case which field was changed last, at which
revision, by whose chain and from what. So it can tell, of a whole case that was said on an older revision, what its
counter changed and what it had merely not heard of. A checklist counts material by material.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from app.domain.canonical import canonical_json, digest

APART = frozenset({"case_id", "case_no", "hall", "window", "counter", "rev", "state"})
"""Identity never changes, the revision counts, and of the state the transition table decides."""
PIECEWISE = "verdicts"
"""The checklist: every material is a field of its own."""

SUBSTANCE = frozenset(
    {"applicant", "agent", "guardian", "organisation", "answers", "verdicts", "form", "consent", "deferred", "notice"}
)
"""What an answer or a decision of the department rests on."""
_LIMITS = frozenset({"clock", "promised_due", "statutory_due"})
_ACCEPTANCE = frozenset({"doc_no", "accepted_on", "accepted_ms", "notice_due", "provisional"}) | _LIMITS

TOUCHED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "case.review_begun": frozenset(),
        "case.accepted_inside": SUBSTANCE | _ACCEPTANCE,
        "case.noticed_inside": SUBSTANCE | {"doc_no", "notice_due"},
        "case.refused_inside": SUBSTANCE | {"doc_no", "notice_due", "refusal"},
        "case.answer_told": frozenset({"notice", "refusal", "doc_no"}),
        "case.deferred_completed": frozenset({"verdicts", "deferred"}),
        "case.granted": SUBSTANCE | {"decision", "upward"},
        "case.denied": SUBSTANCE | {"decision", "upward"},
        "case.result_made": frozenset({"decision"}),
        "case.result_told": frozenset({"decision"}),
        "case.handed_out": frozenset({"decision", "upward", "payment", "applicant", "agent", "organisation"}),
        "case.served": frozenset({"decision", "service", "upward", "refusal"}),
        "case.fee_taken": frozenset({"payment", "answers", "form", "applicant"}),
        "case.reported": frozenset({"upward"}) | SUBSTANCE,
        "case.upward_noted": frozenset({"upward"}),
        "case.upward_returned": frozenset({"upward"}),
        "case.returned": frozenset({"deferred", "notice", "notice_due"}),
        "case.suspension_announced": _LIMITS,
        "case.suspension_dropped": _LIMITS,
        "case.suspended": _LIMITS,
        "case.resumed": _LIMITS,
        "case.extended": _LIMITS,
        "case.limit_started": _LIMITS,
    }
)
"""The fields that an operation which carries a fact writes or rests on; another kind rests on the whole case."""


class Overlap(Exception):  # noqa: N818 - a conflict for a person
    """Both changed the same; ``fields`` names what."""

    def __init__(self, fields: frozenset[str]) -> None:
        super().__init__(" ".join(sorted(fields)))
        self.fields = fields


@dataclass(frozen=True, slots=True)
class Mark:
    """The last change of a field: the revision it made, whose chain said so, and a hash of the value before.

    ``by`` is the incarnation of a counter's store, empty for the server's own rounds. ``earlier`` and ``earlier_by``
    are the same of the change before that one; 0 where there was none.
    """

    rev: int
    by: str
    was: str
    earlier: int = 0
    earlier_by: str = ""


Marks = Mapping[str, Mark]


def fields_of(record: Mapping[str, Any], names: frozenset[str]) -> dict[str, Any]:
    """Return the fields of a case that are compared, of the checklist every material; absent ones are None."""
    found = {name: record.get(name) for name in names - APART if name != PIECEWISE}
    found |= {f"{PIECEWISE}/{key}": each for key, each in (record.get(PIECEWISE) or {}).items()}
    return found


def marked(marks: Marks, before: Mapping[str, Any], after: Mapping[str, Any], rev: int, by: str) -> dict[str, Mark]:
    """Return the marks after a revision; ``before`` and ``after`` are what ``fields_of`` gives."""
    new = dict(marks)
    for name in before.keys() | after.keys():
        if before.get(name) != after.get(name) and _hash(before.get(name)) != _hash(after.get(name)):
            known = marks.get(name, Mark(0, "", ""))
            new[name] = Mark(rev, by, _hash(before.get(name)), known.rev, known.by)
    return new


def unseen(marks: Marks, seen: int, by: str) -> frozenset[str]:
    """Return what others changed after the revision that a counter had seen."""
    return frozenset(name for name, mark in marks.items() if mark.rev > seen and mark.by != by)


def check_fact(kind: str, marks: Marks, seen: int, by: str) -> None:
    """Let a fact pass that was told on an older revision, if nothing it writes or rests on was changed meanwhile.

    Raises:
        Overlap: something was.
    """
    news = unseen(marks, seen, by)
    touched = TOUCHED.get(kind)
    both = news if touched is None else frozenset(each for each in news if each.partition("/")[0] in touched)
    if both:
        raise Overlap(both)


def merged(held: Mapping[str, Any], said: Mapping[str, Any], marks: Marks, seen: int, by: str) -> dict[str, Any]:
    """Return the fields of a case said whole on an older revision, with what others changed meanwhile.

    Both mappings are what ``fields_of`` gives.

    Raises:
        Overlap: a field was changed by both, to different values.
    """
    result, both = dict(said), set()
    for name in unseen(marks, seen, by):
        mine, theirs, mark = _hash(said.get(name)), _hash(held.get(name)), marks[name]
        known = mark.earlier <= seen or mark.earlier_by == by
        if mine != theirs and not (known and mine == mark.was):
            both.add(name)
        result[name] = held.get(name)
    if both:
        raise Overlap(frozenset(both))
    return result


def record_of(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields as a case has them: the materials together again."""
    prefix = f"{PIECEWISE}/"
    whole = {name: each for name, each in fields.items() if not name.startswith(prefix)}
    pieces = {name.removeprefix(prefix): each for name, each in fields.items() if name.startswith(prefix)}
    return {**whole, PIECEWISE: {key: each for key, each in pieces.items() if each is not None}}


def _hash(value: object) -> str:
    return digest(canonical_json(value))[:16]
