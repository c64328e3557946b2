"""Cases that a higher authority has: who asks for them and by when, in clear so that nobody has to open a record."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields

from sqlalchemy import Boolean, Column, Connection, Index, String, Table, insert, select, update

from app.domain.case import CaseState
from sync.server.storage.tables import case, metadata

WITH_HIGHER = frozenset({CaseState.ACCEPTED, CaseState.REVIEWING, CaseState.SUSPENDED})
"""States in which somebody has to ask; a case that was taken back nobody asks for."""

upward_case = Table(
    "upward_case",
    metadata,
    Column("hall", String(16), primary_key=True),
    Column("case_id", String(64), primary_key=True),
    Column("case_no", String(64), nullable=False),
    Column("window", String(16), nullable=False),
    Column("clerk", String(32), nullable=False),
    Column("stage", String(16), nullable=False),
    Column("organ", String(200), nullable=False),
    Column("next_contact_on", String(10)),
    Column("closed", Boolean, nullable=False),
    Index(None, "hall", "closed", "next_contact_on"),
)


@dataclass(frozen=True, slots=True)
class UpwardCase:
    """``clerk`` is 代理责任人, ``next_contact_on`` an ISO date, None once the result is back; ``closed`` then."""

    hall: str
    case_id: str
    case_no: str
    window: str
    clerk: str
    stage: str
    organ: str
    next_contact_on: str | None
    closed: bool


_COLUMNS = tuple(upward_case.c[each.name] for each in fields(UpwardCase))


def put(connection: Connection, new: UpwardCase) -> None:
    """Insert the row or replace the one of the case."""
    held = upward_case.c.hall == new.hall, upward_case.c.case_id == new.case_id
    if not connection.execute(update(upward_case).where(*held).values(asdict(new))).rowcount:
        connection.execute(insert(upward_case).values(asdict(new)))


def overdue(connection: Connection, hall: str, day: str) -> Sequence[UpwardCase]:
    """Return the open cases whose next contact was due before the day (ISO), the oldest first."""
    late = upward_case.c.next_contact_on < day
    up = upward_case.c.hall == hall, upward_case.c.closed.is_(False), late
    same = (case.c.hall == upward_case.c.hall) & (case.c.case_id == upward_case.c.case_id)
    goes_on = select(*_COLUMNS).join(case, same).where(*up, case.c.state.in_(sorted(WITH_HIGHER)))
    ordered = goes_on.order_by(upward_case.c.next_contact_on, upward_case.c.case_id)
    return [UpwardCase(*row) for row in connection.execute(ordered)]
