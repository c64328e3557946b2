"""The reports of renewals as rows, and which of them nobody has read yet."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from app.domain.record import plain
from app.domain.renewal import Report, Why
from app.ports.clock import Clock, new_id
from app.storage.engine import Database
from app.storage.renewal_tables import RENEWAL

_UNSEEN = select(RENEWAL).where(RENEWAL.c.seen_ms.is_(None)).order_by(RENEWAL.c.at_ms.desc()).limit(1)


def add_report(connection: Connection, clock: Clock, report: Report, incarnation: str) -> None:
    """Keep a report; ``incarnation`` is the life that ended."""
    row = {"renewal_id": new_id(clock), "at_ms": report.at_ms, "why": report.why, "report": _row(report, incarnation)}
    connection.execute(insert(RENEWAL), row)


def put_report(connection: Connection, renewal_id: str, report: Report, incarnation: str) -> None:
    """Replace a report by what is known by now."""
    mine = RENEWAL.c.renewal_id == renewal_id
    connection.execute(update(RENEWAL).where(mine).values(report=_row(report, incarnation)))


def report_of(row: Mapping[str, Any] | RowMapping) -> Report:
    """Return the report in a row."""
    kept = {name: value for name, value in row["report"].items() if name != "incarnation"}
    return Report(**{**kept, "why": Why(kept["why"]), "missing": tuple(kept["missing"])})


def unseen(database: Database) -> Report | None:
    """Return the newest report that nobody has confirmed to have read.

    Raises:
        StoreFault: the file cannot be read.
    """
    with database.read() as connection:
        row = connection.execute(_UNSEEN).mappings().first()
    return None if row is None else report_of(row)


def mark_seen(database: Database, clock: Clock) -> None:
    """Keep that a person has read what was to be told.

    Raises:
        StoreFault: nothing was kept.
    """
    with database.write() as connection:
        connection.execute(update(RENEWAL).where(RENEWAL.c.seen_ms.is_(None)).values(seen_ms=clock.now_ms()))


def _row(report: Report, incarnation: str) -> dict[str, Any]:
    return {**plain(report), "missing": list(report.missing), "incarnation": incarnation}
