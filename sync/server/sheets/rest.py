"""Divides an item into what its columns hold and the rest, and puts both together again."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from sync.server.sheets.codecs import Cell, Table
from sync.server.sheets.columns import NATIONAL, Column, ItemColumn, Kept

BEYOND = "/*"
"""Ends the name of a rest that belongs to the lines of a cell: ``legal_basis/*``."""


def divided(row: Mapping[str, Any], columns: Iterable[ItemColumn]) -> tuple[dict[str, Cell], dict[str, Any]]:
    """Return the cells of an item or material by header, and by name what they do not hold.

    A value a cell cannot say goes to the rest as a whole; ``joined`` gives the same row back.
    """
    rest, cells = deepcopy(dict(row)), dict[str, Cell]()
    beyond: dict[str, Any] = {}
    for column in columns:
        if isinstance(column, Kept):
            kept = rest.get(NATIONAL, {})
            if column.header in kept:
                cells[column.header] = kept.pop(column.header)
        elif isinstance(column, Column):
            cells |= _cell(column, rest, beyond)
    if rest.get(NATIONAL) == {} and row.get(NATIONAL):
        del rest[NATIONAL]
    return cells, {**rest, **beyond}


def _cell(column: Column, rest: dict[str, Any], beyond: dict[str, Any]) -> dict[str, Cell]:
    holder, key = _holder(rest, column.path)
    if holder is None or key not in holder:
        return {}
    value = holder[key]
    cell = column.codec.encode(value)
    if cell is None or cell == "" or not _same(column, str(cell), value):
        return {}
    if isinstance(column.codec, Table) and (more := column.codec.beyond(value)):
        beyond["/".join(column.path) + BEYOND] = more
    del holder[key]
    if holder is not rest and not holder:
        del rest[column.path[0]]
    return {column.header: cell}


def _same(column: Column, text: str, value: Any) -> bool:
    decoded = column.codec.decode(text)
    if isinstance(column.codec, Table):
        decoded = column.codec.joined(decoded, column.codec.beyond(value))
    return bool(decoded == value) and text == text.strip()


def _holder(row: dict[str, Any], path: tuple[str, ...]) -> tuple[dict[str, Any] | None, str]:
    """Return the mapping that holds a column's value, and the key there."""
    holder: Any = row
    for key in path[:-1]:
        holder = holder.get(key)
        if not isinstance(holder, dict):
            return None, path[-1]
    return holder, path[-1]


def joined(values: Iterable[tuple[Column, Any]], kept: Mapping[str, str], rest: Mapping[str, Any]) -> dict[str, Any]:
    """Return the item or material of what its cells say and the rest; where both say something, the cell counts."""
    row = deepcopy({key: each for key, each in rest.items() if not key.endswith(BEYOND)})
    for column, value in values:
        holder = row
        for key in column.path[:-1]:
            inner = holder.get(key)
            holder[key] = holder = inner if isinstance(inner, dict) else {}
        more = rest.get("/".join(column.path) + BEYOND)
        if isinstance(column.codec, Table) and isinstance(more, Mapping):
            value = column.codec.joined(value, more)  # noqa: PLW2901 - the same value with its rest
        holder[column.path[-1]] = value
    if kept:
        before = row.get(NATIONAL)
        row[NATIONAL] = {**(before if isinstance(before, dict) else {}), **kept}
    return row
