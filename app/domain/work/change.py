"""What outlives a changed answer: later work that is still valid stays, what may mean otherwise wants another look."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.catalogue.checklist import checklist
from app.domain.catalogue.item import Item
from app.domain.catalogue.material import Material
from app.domain.work.materials import Mark


@dataclass(frozen=True, slots=True)
class Kept:
    """The marks of lines still due, and the material ids and form fields to look at again."""

    marks: Mapping[str, Mark]
    materials: frozenset[str]
    fields: frozenset[str]


def keep(item: Item, before: Mapping[str, str], after: Mapping[str, str], marks: Mapping[str, Mark]) -> Kept:
    """Return what stays when the answers change from ``before`` to ``after``; a first answer changes nothing."""
    changed = {key for key in before if before[key] != after[key]}
    due = {line.material.id: line.material for line in checklist(item, after)}
    kept = {key: mark for key, mark in marks.items() if key in due}
    prefills = {f"situation.{key}" for key in changed}
    return Kept(
        marks=kept,
        materials=frozenset(key for key in kept if _concerned(due[key], changed, after)),
        fields=frozenset(each.name for each in item.form.fields if each.prefill in prefills),
    )


def _concerned(material: Material, changed: set[str], answers: Mapping[str, str]) -> bool:
    """Say whether a line that stays due may stand for another paper now."""
    named = material.when is not None and bool(material.when.keys() & changed)
    return named or any(answers[key] in material.detail for key in changed)
