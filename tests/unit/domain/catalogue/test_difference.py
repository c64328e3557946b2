"""What differs between two versions: each value once, in Chinese, and nothing where nothing differs."""

import copy
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.catalogue.difference import DifferenceKind, differences
from app.domain.catalogue.document import DOCUMENT
from app.domain.catalogue.labels import LABELS
from app.domain.catalogue.shape import Record

REMARKS = {"version", "certainty", "note", "evidence", "additionalProperties", "overall", "weak"}


def keys(shape: object) -> Iterator[str]:
    """Every key a document may have."""
    if isinstance(shape, Record):
        for key, inner in {**shape.required, **shape.optional}.items():
            yield key
            yield from keys(inner)
    else:
        for each in fields(shape) if hasattr(shape, "__dataclass_fields__") else ():  # type: ignore[arg-type]
            if each.name == "of":
                yield from keys(shape.of)  # type: ignore[attr-defined]


def test_every_key_of_a_document_is_said_in_chinese() -> None:
    assert sorted(set(keys(DOCUMENT)) - LABELS.keys() - REMARKS) == []


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The place of every text of a document that is no remark and identifies nothing."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        if key not in REMARKS:
            yield from leaves(inner, (*path, key))
    if isinstance(value, str) and path[-1] in {"name", "basis", "ask", "title", "tel", "zone", "gist", "fix", "x-help"}:
        yield path


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_changed_text_is_one_difference(demo_document: dict[str, Any], data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(list(leaves(demo_document))))
    after = copy.deepcopy(demo_document)
    holder = after
    for key in path[:-1]:
        holder = holder[key]
    before = holder[path[-1]]
    holder[path[-1]] = "另一个说法"
    (found,) = differences(demo_document, after)
    assert (found.kind, found.before, found.after) == (DifferenceKind.CHANGED, before[:300], "另一个说法")
    assert not found.place[0].isascii()


def test_the_same_document_has_no_difference(demo_document: dict[str, Any]) -> None:
    assert differences(demo_document, copy.deepcopy(demo_document)) == ()
