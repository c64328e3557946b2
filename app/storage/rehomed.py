"""The counter's own record follows when the floor manager gives a ticket it held to others."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from app.domain.rehome import REHOMED, went_on
from app.domain.visit import VISIT, Outcome, VisitEvent, VisitState
from app.storage import rows
from app.storage.tables import VISIT as VISITS


def let_go(connection: Connection, row: Mapping[str, Any], now_ms: int) -> None:
    """End the held visit of a mirrored ticket that went on without it; ``now_ms`` is UTC.

    A visit of a later call of the same ticket stays: its revision is not below the row's.
    """
    if row["note"] != REHOMED:
        return
    window, ticket = rows.state(connection)["window"], rows.ticket_of(row)
    if window is None or not went_on(ticket, window):
        return
    held = select(VISITS).where(VISITS.c.ticket_id == ticket.ticket_id, VISITS.c.state == VisitState.HELD)
    for found in connection.execute(held).mappings().all():
        visit = rows.visit_of(found)
        if visit.ticket_rev is None or visit.ticket_rev < ticket.rev:
            state = VISIT.after(visit.state, VisitEvent.REHOME)
            gone = replace(visit, state=state, finished_ms=now_ms, outcome=Outcome.TRANSFERRED, held_ms=None)
            rows.put(connection, VISITS, "visit_id", rows.visit_row(gone))
