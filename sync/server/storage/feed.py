"""The hall's feed: one counter row makes the cursor safe and leaves no gap (sync.md section 1)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from sync.protocol.messages import Event
from sync.server.storage.rows import Rows
from sync.server.storage.tables import feed, hall


@dataclass(frozen=True, slots=True)
class Change:
    """An entity's whole new state, before it has a number."""

    entity: str
    entity_id: str
    rev: int
    data: Mapping[str, Any]


_ADVANCE = (
    update(hall)
    .where(hall.c.hall == bindparam("of_hall"))
    .values(head=hall.c.head + bindparam("count"))
    .returning(hall.c.head)
)
_ROWS = Rows(feed, ("hall", "seq", "entity", "entity_id", "rev", "data"))
_SPELL = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def append(connection: Connection, code: str, changes: Sequence[Change]) -> None:
    """Number the changes and insert them. LAST in every transaction: it locks the hall's row."""
    if not changes:
        return
    head = connection.execute(_ADVANCE, {"of_hall": code, "count": len(changes)}).scalar_one()
    rows = [
        (code, seq, change.entity, change.entity_id, change.rev, _SPELL(change.data))
        for seq, change in enumerate(changes, head - len(changes) + 1)
    ]
    _ROWS.add(connection, rows)


_PAGE = (
    select(feed.c.seq, feed.c.entity, feed.c.entity_id, feed.c.rev, feed.c.data)
    .where(feed.c.hall == bindparam("of_hall"), feed.c.seq > bindparam("after"))
    .order_by(feed.c.seq)
    .limit(bindparam("most"))
)


def page(connection: Connection, code: str, cursor: int, limit: int) -> list[Event]:
    """Return the events after the cursor, in order."""
    rows = connection.execute(_PAGE, {"of_hall": code, "after": cursor, "most": limit})
    return [
        Event(seq=row.seq, entity=row.entity, entity_id=row.entity_id, rev=row.rev, data=json.loads(row.data))
        for row in rows
    ]


def trim(connection: Connection, code: str, floor: int) -> None:
    """Forget the events up to ``floor``: a cursor below it must bootstrap."""
    connection.execute(delete(feed).where(feed.c.hall == code, feed.c.seq <= floor))
    connection.execute(update(hall).where(hall.c.hall == code, hall.c.floor < floor).values(floor=floor))
