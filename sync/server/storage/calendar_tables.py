"""Years of the calendar that one administrator brought and another has to confirm (domain.md section 7)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Integer, String, Table, Text, delete, insert, select

from sync.server.storage.tables import metadata

calendar_proposal = Table(
    "calendar_proposal",
    metadata,
    Column("hall", String(16), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("days", Text, nullable=False),
    Column("clerk", String(32), nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A year's table as the administrator ``clerk`` brought it, ``at_ms`` UTC milliseconds."""

    hall: str
    year: int
    table: Mapping[str, Any]
    clerk: str
    at_ms: int


def proposed(connection: Connection, hall: str, year: int) -> Proposal | None:
    """Return what waits for a second person, its row locked; None where nothing does."""
    known = calendar_proposal.c
    found = connection.execute(
        select(known.days, known.clerk, known.at_ms).where(known.hall == hall, known.year == year).with_for_update()
    ).first()
    return None if found is None else Proposal(hall, year, json.loads(found.days), found.clerk, found.at_ms)


def propose(connection: Connection, proposal: Proposal) -> None:
    """Let a table wait, instead of the one that waited before."""
    drop(connection, proposal.hall, proposal.year)
    connection.execute(
        insert(calendar_proposal).values(
            hall=proposal.hall,
            year=proposal.year,
            days=json.dumps(proposal.table, ensure_ascii=False),
            clerk=proposal.clerk,
            at_ms=proposal.at_ms,
        )
    )


def drop(connection: Connection, hall: str, year: int) -> None:
    """Let nothing wait any more."""
    known = calendar_proposal.c
    connection.execute(delete(calendar_proposal).where(known.hall == hall, known.year == year))
