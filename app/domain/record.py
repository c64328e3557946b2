"""A frozen record as a plain mapping of its fields, one level deep: what rows, operations and papers are made of."""

from dataclasses import fields
from typing import Any

_NAMES: dict[type[Any], tuple[str, ...]] = {}


def names(kind: type[Any]) -> tuple[str, ...]:
    """Return the field names of a dataclass, in their order."""
    known = _NAMES.get(kind)
    if known is None:
        known = _NAMES[kind] = tuple(each.name for each in fields(kind))
    return known


def plain(record: Any) -> dict[str, Any]:
    """Return the record's values by field name; the values are the very objects, not copies."""
    return {name: getattr(record, name) for name in names(type(record))}
