"""How many rows the database walks for one act: what grows with the years shows here before any clock does."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, event

EXPLAIN = "EXPLAIN (ANALYZE, FORMAT JSON) "


@dataclass(frozen=True)
class Walked:
    """``rows``: the most that one node of the plan walked; ``scanned``: tables read from end to end."""

    statement: str
    rows: int
    scanned: frozenset[str]


@contextmanager
def watched(engine: Engine) -> Iterator[list[Walked]]:
    """Explain, with its own values and just before it runs, every statement that looks for rows."""
    found: list[Walked] = []

    def explain(connection: Any, cursor: Any, said: str, values: Any, _context: Any, many: Any) -> None:
        if many or not said.startswith(("SELECT", "UPDATE", "DELETE")):
            return
        with cursor.connection.cursor() as beside:
            beside.execute("SAVEPOINT explained")
            [[plan]] = beside.execute(EXPLAIN + said, values).fetchone()
            beside.execute("ROLLBACK TO SAVEPOINT explained")
        nodes = list(_nodes(plan["Plan"]))
        scanned = frozenset(each["Relation Name"] for each in nodes if each["Node Type"] == "Seq Scan")
        found.append(Walked(said, max(map(_rows, nodes)), scanned))

    event.listen(engine, "before_cursor_execute", explain)
    yield found
    event.remove(engine, "before_cursor_execute", explain)


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for each in plan.get("Plans", ()):
        yield from _nodes(each)


def _rows(node: dict[str, Any]) -> int:
    once = node["Actual Rows"] + node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return int(once * node["Actual Loops"])
