"""F5 while the window is free: a citizen whose visit was held is here again."""

from dataclasses import replace

from app.domain.clerk import Clerk
from app.domain.rights import Act
from app.domain.visit import VISIT, Visit, VisitEvent
from app.ports.clock import Clock
from app.ports.store import Store, Work
from app.usecases.acting import ActRefusal, ActRefused, require
from app.usecases.ticket_record import record


def take_back(store: Store, clock: Clock, visit_id: str | None, by: Clerk) -> Visit:
    """Serve a held visit again: the one named, or with None the one held longest.

    Raises:
        ActRefused: no right, somebody is at the window, or no such visit is held.
    """
    require(by, Act.SERVE_TICKET)
    with store.begin() as work:
        if work.open_visit() is not None:
            raise ActRefused(ActRefusal.VISIT_OPEN)
        held = [each for each in work.held_visits() if visit_id in (None, each.visit_id)]
        if not held:
            raise ActRefused(ActRefusal.NOTHING_HELD)
        return resume(work, clock, held[0], by)


def resume(work: Work, clock: Clock, held: Visit, by: Clerk) -> Visit:
    """Serve a held visit again within an open transaction."""
    now = clock.now_ms()
    away = max(0, now - (held.held_ms or now))
    served = replace(
        held,
        state=VISIT.after(held.state, VisitEvent.RESUME),
        served_ms=held.served_ms or now,
        held_ms=None,
        hold_reason=None,
        away_ms=held.away_ms + away if held.served_ms else 0,
    )
    work.put_visit(served)
    record(work, by, served, "ticket.resumed")
    return served
