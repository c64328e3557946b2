"""接办: from now on this clerk answers for what a citizen first asked elsewhere (domain rule I01)."""

from app.domain.clerk import Clerk
from app.domain.operation import OperationDraft
from app.domain.rights import Act
from app.domain.takeover import Contact, ContactState, may_take_over, taken_over, unaccepted
from app.ports.clock import Clock
from app.ports.store import Store, Work
from app.usecases.acting import ActRefusal, ActRefused, actor_at, require


def take_over(store: Store, clock: Clock, contact_id: str, by: Clerk) -> Contact:
    """Take a first contact over, or take it back to the window that was asked first.

    Raises:
        ActRefused: no right, or it does not ask this window (any more), or somebody took it over already.
    """
    require(by, Act.TAKE_OVER)
    with store.begin() as work:
        actor, found = actor_at(work, by), work.contact(contact_id)
        if found is None or not may_take_over(*found, actor.window) or found[0].state is not ContactState.HANDED:
            raise ActRefused(ActRefusal.TAKEOVER_OVER)
        return _record(work, clock, found[0], by)


def take_over_with_ticket(work: Work, clock: Clock, ticket_id: str, by: Clerk) -> None:
    """Take the contact of a ticket over within an open transaction, if there is one and it waits for somebody."""
    found = work.contact(ticket_id)
    if found is not None and unaccepted(*found):
        _record(work, clock, found[0], by)


def _record(work: Work, clock: Clock, contact: Contact, by: Clerk) -> Contact:
    actor, now = actor_at(work, by), clock.now_ms()
    taken = taken_over(contact, by.number, actor.window, now)
    work.append(
        OperationDraft(
            kind="contact.taken_over",
            entity="contact",
            entity_id=contact.contact_id,
            payload={"number": contact.number, "window": actor.window, "taken_ms": now},
            actor=actor,
            base_rev=contact.rev,
        )
    )
    return taken
