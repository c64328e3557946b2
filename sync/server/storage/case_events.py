"""What the server itself did to cases, append-only: silence accepted, a suspension ended, dates counted again."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from sync.server.storage import ledger_entries
from sync.server.storage.clock_tables import case_event

DEEMED = "deemed_accepted"
RESUMED = "resumed"
RECOUNTED = "recounted"


@dataclass(frozen=True, slots=True)
class CaseEventRow:
    """One such act; ``detail`` is plain JSON without a person: days before and after, and why."""

    event_id: str
    at_ms: int
    case_id: str
    case_no: str
    kind: str
    detail: Mapping[str, Any]


def add(connection: Connection, hall: str, event: CaseEventRow) -> None:
    """Keep it for ever."""
    detail = json.dumps(event.detail, ensure_ascii=False, sort_keys=True)
    connection.execute(insert(case_event).values(hall=hall, **{**asdict(event), "detail": detail}))
    if event.kind == DEEMED:
        ledger_entries.add_deemed(connection, hall, event.event_id, event.case_id, event.at_ms)


def newest(connection: Connection, hall: str, kind: str, limit: int) -> list[CaseEventRow]:
    """Return the latest acts of one kind, newest first."""
    rows = connection.execute(
        select(case_event)
        .where(case_event.c.hall == hall, case_event.c.kind == kind)
        .order_by(case_event.c.at_ms.desc(), case_event.c.event_id.desc())
        .limit(limit)
    ).mappings()
    kept = ("event_id", "at_ms", "case_id", "case_no", "kind")
    return [CaseEventRow(**{name: row[name] for name in kept}, detail=json.loads(row["detail"])) for row in rows]
