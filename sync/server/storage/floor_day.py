"""What the manager's view reads of a day: its tickets with their times, what was pushed, who sits where."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from app.domain.case import CaseState
from app.domain.ticket import TicketState
from sync.server.storage.tables import case, clerk, device, session, ticket

ENDED = (
    CaseState.DELIVERED,
    CaseState.ARCHIVED,
    CaseState.REFUSED,
    CaseState.WITHDRAWN,
    CaseState.DENIED,
    CaseState.VOIDED,
)
"""States of a case in which no limit runs any more."""


@dataclass(frozen=True, slots=True)
class DayTicket:
    """A ticket of the day with its times."""

    number: str
    business: str
    state: TicketState
    window: str | None
    issued_ms: int
    called_ms: int | None
    closed_ms: int | None
    to_window: str | None = None
    ticket_id: str = ""
    epoch: int = 0


@dataclass(frozen=True, slots=True)
class RunningCase:
    """A case whose promised limit runs."""

    case_no: str
    item_id: str
    window: str
    state: str
    accepted_on: str
    promised_due: str
    pauses: tuple[tuple[str, str], ...] = ()
    """First and last day of what stopped the clock, ISO."""


def tickets_of(connection: Connection, hall: str, business_date: str) -> list[DayTicket]:
    """Return the tickets issued on the business day, oldest first."""
    names = (
        "number",
        "business",
        "state",
        "window",
        "issued_ms",
        "called_ms",
        "closed_ms",
        "to_window",
        "ticket_id",
        "epoch",
    )
    rows = connection.execute(
        select(*(ticket.c[name] for name in names))
        .where(ticket.c.hall == hall, ticket.c.business_date == business_date)
        .order_by(ticket.c.issued_ms, ticket.c.ticket_id)
    ).all()
    return [DayTicket(row[0], row[1], TicketState(row[2]), *row[3:]) for row in rows]


def clerks_at(connection: Connection, hall: str, now_ms: int) -> dict[str, tuple[str, str]]:
    """Return number and name of who signed in last at each window, while the session lasts."""
    rows = connection.execute(
        select(device.c.window, clerk.c.clerk, clerk.c.name)
        .join(session, (session.c.hall == device.c.hall) & (session.c.device == device.c.device))
        .join(clerk, (clerk.c.hall == session.c.hall) & (clerk.c.clerk == session.c.clerk))
        .where(device.c.hall == hall, device.c.window.is_not(None), session.c.expires_ms > now_ms)
        .order_by(session.c.expires_ms)
    ).all()
    return {row[0]: (row[1], row[2]) for row in rows}


def running_cases(connection: Connection, hall: str) -> list[RunningCase]:
    """Return the cases with a promised day that are not ended, most urgent first."""
    names = ("case_no", "item_id", "window", "state", "accepted_on", "promised_due", "clock")
    rows = connection.execute(
        select(*(case.c[name] for name in names))
        .where(case.c.hall == hall, case.c.promised_due.is_not(None), case.c.state.not_in(ENDED))
        .order_by(case.c.promised_due, case.c.case_no)
    ).all()
    return [RunningCase(**dict(zip(names[:-1], row[:-1], strict=True)), pauses=_pauses(row[-1])) for row in rows]


def _pauses(clock: Mapping[str, Any] | None) -> tuple[tuple[str, str], ...]:
    return tuple((each["first"], each["last"]) for each in (clock or {}).get("suspensions", ()))
