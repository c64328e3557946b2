"""The shipped slip templates and their index."""

import tomllib
from collections.abc import Iterator

import pytest

from app.domain.paper.markup import Each, If, Instruction, Ref
from app.storage.slip_files import FOLDER, load_templates

NAMES = [*(f"SL-{number:02}" for number in range(1, 19)), "SL-D1", "SL-D2", "SL-D3", "SL-ZN"]
INDEX = tomllib.loads((FOLDER / "index.toml").read_text(encoding="utf-8"))


def printed(body: tuple[Instruction, ...], row: str = "") -> Iterator[tuple[str, str]]:
    """Yield (list or nothing, name) of every field that is printed."""
    for instruction in body:
        if isinstance(instruction, Each):
            yield from printed(instruction.body, instruction.field)
        elif isinstance(instruction, If):
            yield from printed(instruction.body, row)
        else:
            segments = (segment for part in instruction.parts for segment in part if isinstance(segment, Ref))
            yield from ((row if segment.of_row else "", segment.name) for segment in segments)


def test_every_template_is_shipped() -> None:
    assert list(load_templates()) == NAMES
    assert list(INDEX) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_index_lists_exactly_the_fields_of_the_template(name: str) -> None:
    template, entry = load_templates()[name], INDEX[name]
    text, optional, flags = (set(entry.get(kind, [])) for kind in ("text", "optional", "flags"))
    rows = {row: set(columns) for row, columns in entry.get("rows", {}).items()}
    found = set(printed(template.body))
    assert {field for row, field in found if not row} == text | optional
    assert {(row, field) for row, field in found if row} == {(row, each) for row, cols in rows.items() for each in cols}
    assert template.fields == text | optional | flags | set(rows)
