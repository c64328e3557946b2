"""Finds a case by the number on the citizen's paper, which names no hall."""

from dataclasses import asdict, fields

from sqlalchemy import Connection, bindparam, select

from app.domain.case import CaseState
from sync.server.storage.cases import MirroredCase
from sync.server.storage.tables import case, hall

_COLUMNS = tuple(case.c[field.name] for field in fields(MirroredCase))
_BY_NUMBER = (
    select(*_COLUMNS, case.c.sealed)
    .join(hall, hall.c.hall == case.c.hall)
    .where(case.c.case_no == bindparam("of_number"))
    .order_by(case.c.hall)
    .limit(1)
)


def by_number(connection: Connection, case_no: str) -> tuple[MirroredCase, bytes] | None:
    """Return the case and its sealed record."""
    row = connection.execute(_BY_NUMBER, {"of_number": case_no}).first()
    if row is None:
        return None
    found = MirroredCase(*row[:-1])
    return MirroredCase(**{**asdict(found), "state": CaseState(found.state)}), row.sealed
