"""What differs between two versions of a catalogue, value by value and in Chinese: what the second person reads."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.domain.catalogue.labels import LABELS, VALUES

_IDENTITIES = ("id", "code", "number", "key", "n", "numbers", "law", "what", "case")
"""What a row of a list is the same by, the first it has; a row without any is the same by its place."""
_NOT_TOLD = frozenset({"version", "certainty", "note", "evidence"})
_LONGEST = 300


class DifferenceKind(StrEnum):
    """What became of a value."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: ``place`` leads there in Chinese; ``before`` and ``after`` are empty where there is none."""

    place: tuple[str, ...]
    kind: DifferenceKind
    before: str = ""
    after: str = ""


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Return every difference of two documents, in the order of the newer one; remarks for the compiler are left out.

    A row that was only moved within its list is told too: the order of questions, materials and steps is published.
    """
    return tuple(_differ(before, after, ()))


def _differ(before: Any, after: Any, place: tuple[str, ...]) -> Iterator[Difference]:
    if before == after:
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _mappings(before, after, place)
    elif _rows(before) and _rows(after):
        yield from _lists(before, after, place)
    else:
        yield Difference(place, DifferenceKind.CHANGED, words(before), words(after))


def _mappings(before: Mapping[str, Any], after: Mapping[str, Any], place: tuple[str, ...]) -> Iterator[Difference]:
    for key in (*after, *(each for each in before if each not in after)):
        if key in _NOT_TOLD:
            continue
        here = (*place, _label(key, after.get(key, before.get(key))))
        if key not in before:
            yield Difference(here, DifferenceKind.ADDED, after=words(after[key]))
        elif key not in after:
            yield Difference(here, DifferenceKind.REMOVED, before=words(before[key]))
        else:
            yield from _differ(before[key], after[key], here)


def _lists(
    before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]], place: tuple[str, ...]
) -> Iterator[Difference]:
    old, new = _identified(before), _identified(after)
    for key, row in new.items():
        here = (*place, _name(row, key))
        if key not in old:
            yield Difference(here, DifferenceKind.ADDED, after=words(row))
        else:
            yield from _differ(old[key], row, here)
    for key, row in old.items():
        if key not in new:
            yield Difference((*place, _name(row, key)), DifferenceKind.REMOVED, before=words(row))
    kept = [each for each in old if each in new], [each for each in new if each in old]
    if kept[0] != kept[1]:
        named = [["、".join(_name(new[key], key) for key in order)] for order in kept]
        yield Difference((*place, "次序"), DifferenceKind.MOVED, words(named[0]), words(named[1]))


def _identified(rows: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Return the rows by what they are the same by; a name that stands twice counts on."""
    found: dict[str, Mapping[str, Any]] = {}
    for place, row in enumerate(rows, start=1):
        name = next((str(row[each]) for each in _IDENTITIES if each in row), f"第{place}条")
        key, again = name, 2
        while key in found:
            key, again = f"{name}（{again}）", again + 1
        found[key] = row
    return found


def _name(row: Mapping[str, Any], key: str) -> str:
    told = row.get("name") or row.get("title") or row.get("ask")
    return f"{key} {told}" if isinstance(told, str) else key


def _label(key: str, value: Any) -> str:
    """Return what a key is called; ``form`` is an item's form to fill in, or in what shape a material comes."""
    return "表单" if key == "form" and isinstance(value, Mapping) else LABELS.get(key, key)


def _rows(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(each, Mapping) for each in value)


def words(value: Any) -> str:
    """Return a value of a document for people to read, cut after ``_LONGEST`` characters."""
    told = _words(value)
    return told if len(told) <= _LONGEST else told[:_LONGEST] + "…"


def _words(value: Any) -> str:
    match value:
        case None:
            return "没有规定"
        case bool():
            return "是" if value else "否"
        case Mapping():
            rows = (f"{_label(key, each)}：{_words(each)}" for key, each in value.items() if key not in _NOT_TOLD)
            return "；".join(rows)
        case list() | tuple():
            return "、".join(_words(each) for each in value) if value else "无"
        case _:
            return VALUES.get(str(value), str(value))
