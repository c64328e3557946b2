"""How the records of the domain lie in rows: same names, plain values."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, select
from sqlalchemy.dialects.sqlite import Insert, insert

from app.domain.case import Case, CaseState
from app.domain.channel import Channel
from app.domain.clerk import Clerk
from app.domain.inside_answer import unserved, untold
from app.domain.record import names, plain
from app.domain.rights import Role
from app.domain.standing import OVER
from app.domain.ticket import Ticket, TicketState
from app.domain.visit import Admission, HoldReason, Outcome, Visit, VisitState
from app.ports.spool import JobState, PrintJob, PrintWay
from app.ports.store import Counter, NotRegistered, SignIn
from app.storage.tables import COUNTER_STATE

NO_DUE_DATE = "9999-12-31"

Row = Mapping[str, Any] | RowMapping

_STATE = select(COUNTER_STATE)


def state(connection: Connection) -> RowMapping:
    """Return the one row of ``counter_state``."""
    return connection.execute(_STATE).mappings().one()


def counter_of(row: Row) -> Counter | None:
    """Return the registration, or None before the first contact."""
    if row["device"] is None:
        return None
    return Counter(**_named(row, Counter))


def registered(row: Row) -> Counter:
    """Return the registration.

    Raises:
        NotRegistered: there is none yet.
    """
    counter = counter_of(row)
    if counter is None:
        raise NotRegistered
    return counter


def case_row(case: Case) -> dict[str, Any]:
    """Return a case as a row that holds all of this revision, with what the list of open cases is ordered by."""
    due = case.notice_due or case.promised_due or case.statutory_due or NO_DUE_DATE
    ended = case.state in OVER and not untold(case) and not unserved(case)
    return {**plain(case), "urgency": None if ended else due, "whole_rev": case.rev}


def case_of(row: Row) -> Case:
    """Return the case in a row."""
    return Case(**{**_named(row, Case), "state": CaseState(row["state"])})


def visit_row(visit: Visit) -> dict[str, Any]:
    """Return a visit as a row, with the mark that only one visit at the window may bear."""
    at_the_window = visit.finished_ms is None and visit.state is not VisitState.HELD
    return {**plain(visit), "open": 1 if at_the_window else None}


def visit_of(row: Row) -> Visit:
    """Return the visit in a row."""
    changed = {
        "admission": Admission(row["admission"]),
        "channel": Channel(row["channel"]),
        "state": VisitState(row["state"]),
        "outcome": None if row["outcome"] is None else Outcome(row["outcome"]),
        "hold_reason": None if row["hold_reason"] is None else HoldReason(row["hold_reason"]),
    }
    return Visit(**{**_named(row, Visit), **changed})


def ticket_of(row: Row) -> Ticket:
    """Return the ticket in a row."""
    return Ticket(**{**_named(row, Ticket), "state": TicketState(row["state"])})


def job_row(job: PrintJob) -> dict[str, Any]:
    """Return a print job as a row."""
    return plain(job)


def job_of(row: Row) -> PrintJob:
    """Return the print job in a row."""
    return PrintJob(**{**_named(row, PrintJob), "state": JobState(row["state"]), "way": PrintWay(row["way"])})


def sign_in_row(sign_in: SignIn) -> dict[str, Any]:
    """Return a sign-in as a row."""
    clerk = {**plain(sign_in.clerk), "roles": sorted(sign_in.clerk.roles)}
    return {**clerk, "verifier": sign_in.verifier, "failures": sign_in.failures}


def sign_in_of(row: Row) -> SignIn:
    """Return the sign-in in a row."""
    changed = {
        "roles": frozenset(map(Role, row["roles"])),
        "windows": tuple(row["windows"]),
        "items": tuple(row["items"]),
    }
    return SignIn(Clerk(**{**_named(row, Clerk), **changed}), row["verifier"], row["failures"])


def put(connection: Connection, table: Table, key: str, values: Mapping[str, Any]) -> None:
    """Insert the row, or replace the one with the same key."""
    connection.execute(_upsert(table, key, tuple(values)), dict(values))


@cache
def _upsert(table: Table, key: str, names: tuple[str, ...]) -> Insert:
    statement = insert(table)
    rest = {name: statement.excluded[name] for name in names if name != key}
    return statement.on_conflict_do_update(index_elements=[key], set_=rest)


def _named(row: Row, record: type) -> dict[str, Any]:
    return {name: row[name] for name in names(record)}
