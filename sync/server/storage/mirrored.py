"""Rows as counters mirror them, read as they are asked for: tens of thousands may be, by several windows at once."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Select

AT_A_TIME: Final = 500
"""Rows of a long answer that are held at once."""


def mirrored(
    connection: Connection, query: Select[Any], values: Mapping[str, Any], names: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """Return the rows of the query, each by its names."""
    rows = connection.execute(query, values, execution_options={"yield_per": AT_A_TIME})
    return (dict(zip(names, row, strict=True)) for row in rows)
