"""Ctrl+Z after F4: a no-show recorded by a slip of a key is taken back within ten seconds."""

from dataclasses import replace

from app.domain.calling import UNDO_MS
from app.domain.clerk import Clerk
from app.domain.rights import Act
from app.domain.ticket import Ticket, TicketState
from app.domain.visit import VISIT, Outcome, Visit, VisitEvent
from app.ports.clock import Clock
from app.ports.store import Reading, Store
from app.usecases.acting import ActRefusal, ActRefused, counter_of, require
from app.usecases.ticket_record import record

_STILL_MISSED = frozenset({TicketState.MISSED, TicketState.VOID})


def undo_miss(store: Store, clock: Clock, by: Clerk) -> Visit:
    """Bring back the visit that ended last as one that is called, where it was missed and still is.

    Raises:
        ActRefused: no right, somebody is at the window, the last visit was no no-show, it is too long ago, or the
            authority has moved the ticket since.
    """
    require(by, Act.SERVE_TICKET)
    with store.begin() as work:
        if work.open_visit() is not None:
            raise ActRefused(ActRefusal.VISIT_OPEN)
        visit = work.last_ended()
        if visit is None or visit.outcome is not Outcome.MISSED or visit.finished_ms is None:
            raise ActRefused(ActRefusal.NO_MISS)
        if not 0 <= clock.now_ms() - visit.finished_ms <= UNDO_MS:
            raise ActRefused(ActRefusal.MISS_TOO_OLD)
        if _moved_on(work, visit):
            raise ActRefused(ActRefusal.TICKET_MOVED_ON)
        state = VISIT.after(visit.state, VisitEvent.UNMISS)
        called = replace(visit, state=state, finished_ms=None, outcome=None, served_ms=None)
        work.put_visit(called)
        record(work, by, called, "ticket.unmissed")
        return called


def _moved_on(view: Reading, visit: Visit) -> bool:
    """Say whether the authority gave the ticket another way; what it said before the call is old news."""
    ticket = view.ticket_by_number(visit.number)
    if ticket is None or (visit.ticket_rev is not None and ticket.rev < visit.ticket_rev):
        return False
    return not _here(ticket, counter_of(view).window)


def _here(ticket: Ticket, window: str) -> bool:
    if ticket.window != window:
        return False
    return ticket.state in _STILL_MISSED or ticket.state in (TicketState.CALLED, TicketState.SERVING)
