"""Finds the cases whose limits need a look: each question is one short walk along an index."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, or_, select

from app.domain.case import CaseState
from app.domain.record import names
from sync.server.storage.floor_day import ENDED
from sync.server.storage.tables import case


@dataclass(frozen=True, slots=True)
class ClearCase:
    """What stands in clear of a case in which a limit runs; days ISO, ``since_ms`` when its state began."""

    case_id: str
    case_no: str
    window: str
    item_id: str
    state: CaseState
    accepted_on: str
    promised_due: str | None
    statutory_due: str | None
    notice_due: str | None
    clock: Mapping[str, Any] | None
    since_ms: int | None


_RUNNING = (CaseState.RECEIVED, CaseState.ACCEPTED, CaseState.REVIEWING, CaseState.SUSPENDED, CaseState.GRANTED)


def clear_cases(connection: Connection, hall: str) -> list[ClearCase]:
    """Return the cases in which a limit runs, the case number first that came first."""
    columns = [case.c[name] for name in names(ClearCase) if name != "since_ms"]
    wanted = select(*columns, case.c.state_since_ms.label("since_ms"))
    wanted = wanted.where(case.c.hall == hall, case.c.state.in_(_RUNNING)).order_by(case.c.case_no)
    return [ClearCase(**{**row, "state": CaseState(row["state"])}) for row in connection.execute(wanted).mappings()]


def unanswered(connection: Connection, hall: str, day: str) -> list[tuple[str, int]]:
    """Return id and revision of the received cases whose days to be answered are over before an ISO day."""
    rows = connection.execute(
        select(case.c.case_id, case.c.rev).where(
            case.c.hall == hall,
            case.c.state == CaseState.RECEIVED,
            or_(case.c.notice_due < day, case.c.notice_due.is_(None)),
        )
    )
    return [(row.case_id, row.rev) for row in rows]


def suspended(connection: Connection, hall: str) -> list[str]:
    """Return the ids of the cases whose clock stands still."""
    rows = connection.execute(select(case.c.case_id).where(case.c.hall == hall, case.c.state == CaseState.SUSPENDED))
    return list(rows.scalars())


def running(connection: Connection, hall: str) -> list[str]:
    """Return the ids of the cases in which a limit runs or is to be answered."""
    rows = connection.execute(
        select(case.c.case_id).where(
            case.c.hall == hall,
            case.c.state.not_in(ENDED),
            or_(case.c.promised_due.is_not(None), case.c.statutory_due.is_not(None), case.c.notice_due.is_not(None)),
        )
    )
    return list(rows.scalars())
