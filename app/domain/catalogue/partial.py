"""Checks what can be checked of a document in which some items have not their shape: all problems come at once."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from app.domain.catalogue.problem import GateCode, Problem

_ITEM_DEPTH = 2
"""``("items", n)`` leads to an item."""


def sound_part(document: object, problems: Iterable[Problem]) -> Mapping[str, Any] | None:
    """Return the document without the items that have problems; None where something else has one, or no item is left.

    ``problems`` are all of the document's shape.
    """
    wrong = _wrong_items(problems)
    if wrong is None or not isinstance(document, Mapping):
        return None
    items = [each for n, each in enumerate(document["items"]) if n not in wrong]
    return {**document, "items": items} if items else None


def as_in_whole(found: Iterable[Problem], document: Any, problems: Iterable[Problem]) -> list[Problem]:
    """Return what was found in the sound part with the places of the whole document.

    That an item left out is missing to those who refer to it is no problem of its own.
    """
    wrong = _wrong_items(problems) or set()
    kept = [n for n in range(len(document["items"])) if n not in wrong]
    left_out = {document["items"][n].get("id") for n in wrong if isinstance(document["items"][n], Mapping)}
    return [
        _moved(each, kept)
        for each in found
        if not (each.code is GateCode.UNKNOWN_REFERENCE and each.values["name"] in left_out)
    ]


def _moved(each: Problem, kept: list[int]) -> Problem:
    if each.path[0] != "items":
        return each
    n = each.path[1]
    assert isinstance(n, int), "items are a list"
    return replace(each, path=("items", kept[n], *each.path[2:]))


def _wrong_items(problems: Iterable[Problem]) -> set[int] | None:
    """Return the places of the items that have problems; None where something else has one."""
    wrong: set[int] = set()
    for each in problems:
        if len(each.path) < _ITEM_DEPTH or each.path[0] != "items" or not isinstance(each.path[1], int):
            return None
        wrong.add(each.path[1])
    return wrong
