"""Shift+F2 with the hall's authority at hand: one number is called out of turn, for a reason (flows.md section 7)."""

from app.domain.chosen import ChosenCall
from app.domain.clerk import Clerk
from app.domain.rights import Act
from app.domain.visit import CAME_TO_NOTHING, Visit
from app.ports.clock import Clock, new_id
from app.ports.queue_authority import AuthorityRefused, QueueAuthority
from app.ports.store import Store
from app.usecases.acting import ActRefusal, ActRefused, counter_of, require, require_free
from app.usecases.call_next import KEY_REUSED, OF_THE_NUMBER, call_next, forget_choice, record_call


def call_chosen(store: Store, clock: Clock, authority: QueueAuthority, choice: ChosenCall, by: Clerk) -> Visit | None:
    """Return the visit that was called.

    The choice is kept with the key of the call until its answer is recorded. A call whose answer was lost before comes
    first: then its visit is returned, and the citizen of that one is announced, not passed over unheard.

    Raises:
        ActRefused: no right, no open day, somebody is being served, or the ticket was served here by presentation.
        AuthorityUnreachable: no answer; the next call asks again.
        AuthorityRefused: the authority said no to this number.
    """
    require(by, Act.SERVE_TICKET)
    with store.begin() as work:
        require_free(work)
        pending, key, window = work.call_choice(), work.call_key() or new_id(clock), counter_of(work).window
        if pending is None:
            work.put_call_key(key)
            work.put_call_choice(choice)
    if pending not in (None, choice):
        return call_next(store, clock, authority, by)
    try:
        ticket = authority.call_chosen(window, choice, key)
    except AuthorityRefused as refusal:
        if refusal.code in OF_THE_NUMBER:
            forget_choice(store)
        if refusal.code == KEY_REUSED:
            return call_next(store, clock, authority, by)
        raise
    with store.begin() as work:
        require_free(work)
        work.put_call_key(new_id(clock))
        earlier = work.visit_of(ticket.ticket_id, ticket.number)
        if earlier is None or earlier.outcome in CAME_TO_NOTHING:
            return record_call(work, clock, ticket, by, choice)
        if earlier.finished_ms is None:
            return earlier
        raise ActRefused(ActRefusal.TICKET_ENDED)
