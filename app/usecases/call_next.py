"""F2: the hall's authority says who is next; the window records the call durably before it is announced."""

from dataclasses import replace

from app.domain.chosen import ChosenCall
from app.domain.clerk import Clerk
from app.domain.operation import OperationDraft
from app.domain.rights import Act
from app.domain.ticket import BORN, Ticket
from app.domain.visit import CAME_TO_NOTHING, VISIT, Admission, Outcome, Visit, VisitEvent, VisitState
from app.ports.clock import Clock, new_id
from app.ports.queue_authority import AuthorityRefused, QueueAuthority
from app.ports.store import Store, Work
from app.usecases.acting import actor_at, counter_of, require, require_free

KEY_REUSED = "key_reused"
"""The authority knows the key from another request: only a new one helps."""
OF_THE_NUMBER = frozenset(
    {
        "unknown_ticket",
        "not_at_this_window",
        "taken_elsewhere",
        "reserved_elsewhere",
        "not_waiting",
        "malformed",
        KEY_REUSED,
    }
)
"""Refusals that are about the number that was chosen, not about this window."""
CALLED_VERSION = 2
"""Of ``ticket.called``: it tells out of which reservation the window called, if out of any."""
_WAY_BACK = {Admission.CALLED: 2, Admission.PRESENTED: 3, Admission.WALKED_IN: 2, Admission.CONTINUED: 2}
"""The fewest moves of a ticket between the revision a window knew of it and the next call to the same window: a call
is missed and the number chosen again, or withdrawn and called; who was presented is served before.
"""


def call_next(store: Store, clock: Clock, authority: QueueAuthority, by: Clerk) -> Visit | None:
    """Return the visit that was called, or None when nobody waits.

    The key the authority is asked with changes only together with the record of its answer: after a crash or a lost
    answer the same key is asked again and gets the same ticket, also when it stood for a chosen number. A citizen
    called before who never came is missed.

    Raises:
        ActRefused: no right, no open day, or somebody is being served.
        AuthorityUnreachable: no answer; nothing was changed here.
        AuthorityRefused: the authority said no.
    """
    require(by, Act.SERVE_TICKET)
    while True:
        with store.read() as view:
            require_free(view)
            key, choice, window = view.call_key(), view.call_choice(), counter_of(view).window
        if key is None:
            key = _keep_key(store, clock)
        try:
            ticket = authority.call_next(window, key) if choice is None else authority.call_chosen(window, choice, key)
        except AuthorityRefused as refusal:
            if choice is not None and refusal.code in OF_THE_NUMBER:
                forget_choice(store)
                continue
            # A refusal is not kept under its key. Should a late copy of this request still be granted, asking with the
            # same key gets that very ticket, and nobody is called unannounced.
            if refusal.code == KEY_REUSED:
                _keep_key(store, clock)
            raise
        with store.begin() as work:
            require_free(work)
            work.put_call_key(new_id(clock))
            if ticket is None:
                # The authority passed over whoever was called before, though there is nobody to follow them.
                end_missed(work, clock)
                return None
            earlier = work.visit_of(ticket.ticket_id, ticket.number)
            if earlier is None or called_anew(earlier, ticket):
                return record_call(work, clock, ticket, by, choice)


def called_anew(earlier: Visit, ticket: Ticket) -> bool:
    """Say whether an answer calls somebody again who was here before, as ``earlier`` tells.

    One that was missed was revived, one whose call was withdrawn waited, one that was sent on came back: they are
    called anew. But an answer asked for long ago may name a ticket that was presented or taken here since. It knows
    nothing of that, for the ticket has moved less since than any way back takes.
    """
    moved = ticket.rev - (earlier.ticket_rev or BORN)
    return earlier.outcome in CAME_TO_NOTHING and moved >= _WAY_BACK[earlier.admission]


def _keep_key(store: Store, clock: Clock) -> str:
    key = new_id(clock)
    with store.begin() as work:
        work.put_call_key(key)
    return key


def forget_choice(store: Store) -> None:
    """Let the key stand for whoever is next again."""
    with store.begin() as work:
        work.put_call_choice(None)


def record_call(
    work: Work, clock: Clock, ticket: Ticket, by: Clerk, choice: ChosenCall | None = None, *, epoch: int | None = None
) -> Visit:
    """Record within an open transaction that this ticket is called to the window, before it is announced.

    The authority called it, or the window did so out of its reserved block: then ``epoch`` is of its reservation.
    """
    end_missed(work, clock)
    now = clock.now_ms()
    actor = actor_at(work, by)
    visit = Visit(
        visit_id=new_id(clock),
        ticket_id=ticket.ticket_id,
        number=ticket.number,
        business=ticket.business,
        admission=Admission.CALLED,
        state=VisitState.CALLED,
        called_ms=now,
        ticket_rev=ticket.rev,
    )
    work.put_visit(visit)
    reason = {} if choice is None else {"reason": choice.reason.value}
    work.append(
        OperationDraft(
            kind="ticket.called",
            entity="ticket",
            entity_id=ticket.ticket_id,
            payload={"number": ticket.number, "window": actor.window, "called_ms": now, "epoch": epoch, **reason},
            actor=actor,
            base_rev=ticket.rev,
            kind_version=CALLED_VERSION,
        )
    )
    return visit


def end_missed(work: Work, clock: Clock) -> None:
    """End the visit of a citizen who was called and never came (过号); the authority knows by the next call."""
    visit = work.open_visit()
    if visit is None:
        return
    state = VISIT.after(visit.state, VisitEvent.MISS)
    work.put_visit(replace(visit, state=state, finished_ms=clock.now_ms(), outcome=Outcome.MISSED))
    work.drop_draft(visit.visit_id)
