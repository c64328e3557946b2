"""接办 at the counter: one operation, and a case that bears who was asked first."""

from dataclasses import replace
from typing import Any

import pytest

from app.domain.clerk import Clerk
from app.domain.takeover import Contact, ContactState
from app.domain.ticket import Ticket, TicketState
from app.usecases.accept_case import accept_case
from app.usecases.acting import ActRefusal, ActRefused
from app.usecases.answer_transfer import take_transfer
from app.usecases.arrive import arrive
from app.usecases.call_next import call_next
from app.usecases.take_over import take_over


@pytest.fixture
def offered(ticket: Any) -> Ticket:
    """A012, first served by 0302 at A03, is handed to A01."""
    made: Ticket = ticket(
        "A012", TicketState.TRANSFERRING, window="A03", to_window="A01", first_clerk="0302", offered_ms=1, rev=4
    )
    return made


def contact_of(ticket: Ticket, **changes: Any) -> Contact:
    made = Contact(ticket.ticket_id, "9901", ticket.number, ticket.ticket_id, "0302", "0302", "A03", "A01", 1)
    return replace(made, **changes)


def test_to_take_a_handed_ticket_is_to_take_it_over(open_kit: Any, clerk: Clerk, offered: Ticket) -> None:
    open_kit.hear(offered, contact_of(offered))
    take_transfer(open_kit.store, open_kit.clock, "A012", clerk)
    taken, over = open_kit.operations()[-2:]
    assert (taken.kind, over.kind, over.entity_id) == ("ticket.taken", "contact.taken_over", offered.ticket_id)
    payload = {"number": "A012", "window": "A01", "taken_ms": open_kit.clock.now_ms()}
    assert (dict(over.payload), over.base_rev) == (payload, 1)


def test_a_ticket_that_came_back_to_its_own_window_is_taken_over_from_nobody(
    open_kit: Any, clerk: Clerk, offered: Ticket
) -> None:
    back = replace(offered, state=TicketState.RETURNED, first_clerk="0301")
    open_kit.hear(back, contact_of(offered, clerk="0301", owner="0301", owner_window="A01", to_window="A03"))
    take_transfer(open_kit.store, open_kit.clock, "A012", clerk)
    assert open_kit.operations()[-1].kind == "ticket.taken"


def test_a_called_ticket_leaves_it_where_it_was_until_the_key(
    open_kit: Any, clerk: Clerk, offered: Ticket, queue: Any
) -> None:
    open_kit.hear(offered, contact_of(offered))
    called = replace(offered, state=TicketState.CALLED, window="A01", to_window=None, rev=5)
    call_next(open_kit.store, open_kit.clock, queue(called), clerk)
    open_kit.hear(called)
    assert "contact.taken_over" not in [each.kind for each in open_kit.operations()]
    with open_kit.store.read() as view:
        ((waits, _),) = view.unaccepted_contacts("A01")
        assert view.unaccepted_contacts("B02") == []
    take_over(open_kit.store, open_kit.clock, waits.contact_id, clerk)
    assert open_kit.operations()[-1].kind == "contact.taken_over"


def test_who_took_it_over_meanwhile_is_not_overruled(open_kit: Any, clerk: Clerk, offered: Ticket) -> None:
    taken = contact_of(offered, state=ContactState.TAKEN, owner="0399", owner_window="A01", rev=2)
    open_kit.hear(offered, taken)
    for contact_id in (taken.contact_id, "nobody"):
        with pytest.raises(ActRefused) as refused:
            take_over(open_kit.store, open_kit.clock, contact_id, clerk)
        assert refused.value.reason is ActRefusal.TAKEOVER_OVER


def test_a_case_of_a_handed_ticket_keeps_the_first_clerk(
    open_kit: Any, clerk: Clerk, offered: Ticket, templates: Any, ready_card: Any
) -> None:
    open_kit.hear(offered, contact_of(offered))
    take_transfer(open_kit.store, open_kit.clock, "A012", clerk)
    arrive(open_kit.store, open_kit.clock, clerk)
    case = accept_case(open_kit.store, open_kit.clock, templates, ready_card("ITM-02"), clerk).case
    assert (case.first_clerk, case.clerk) == ("0302", "0301")
    assert open_kit.operations()[-1].payload["first_clerk"] == "0302"


def test_a_case_of_an_own_ticket_bears_its_own_clerk(
    serving_kit: Any, clerk: Clerk, templates: Any, ready_card: Any
) -> None:
    case = accept_case(serving_kit.store, serving_kit.clock, templates, ready_card("ITM-02"), clerk).case
    assert case.first_clerk == "0301"
