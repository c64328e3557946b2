"""A held visit ends when the hall's feed says that the floor manager gave its ticket to others."""

from dataclasses import replace
from typing import Any

import pytest

from app.domain.clerk import Clerk
from app.domain.rehome import Home, rehomed
from app.domain.ticket import Ticket, TicketState
from app.domain.visit import HoldReason, Outcome, Visit, VisitState
from app.usecases.acting import ActRefusal, ActRefused
from app.usecases.call_next import call_next
from app.usecases.hold_visit import hold_visit
from app.usecases.open_day import open_day
from app.usecases.take_back import take_back


def held_visits(kit: Any) -> list[Visit]:
    with kit.store.read() as view:
        return list(view.held_visits())


@pytest.fixture
def held(kit: Any, clerk: Clerk, queue: Any, ticket: Any) -> Ticket:
    """A012 was called to A01 at revision 2 and put aside; the authority knows."""
    open_day(kit.store, kit.clock, clerk)
    called = ticket("A012", TicketState.CALLED, rev=2, window="A01")
    call_next(kit.store, kit.clock, queue(called), clerk)
    hold_visit(kit.store, kit.clock, HoldReason.PHOTO, clerk)
    known = replace(called, state=TicketState.HELD, rev=3, first_clerk="0301")
    kit.hear(known)
    return known


@pytest.mark.parametrize("window", [None, "A02"])
def test_what_was_given_to_others_is_held_no_more(kit: Any, clerk: Clerk, held: Ticket, window: str | None) -> None:
    (visit,) = held_visits(kit)
    kit.hear(rehomed(Home(held, window), kit.clock.now_ms()))
    assert held_visits(kit) == []
    with kit.store.read() as view:
        gone = view.visit(visit.visit_id)
    assert (gone.state, gone.outcome) == (VisitState.FINISHED, Outcome.TRANSFERRED)
    with pytest.raises(ActRefused) as refused:
        take_back(kit.store, kit.clock, None, clerk)
    assert refused.value.reason is ActRefusal.NOTHING_HELD


def test_what_stays_here_stays_held(kit: Any, held: Ticket) -> None:
    kit.hear(replace(held, rev=4, priority="elderly"))
    assert len(held_visits(kit)) == 1
    kit.hear(rehomed(Home(replace(held, rev=4), "A01"), kit.clock.now_ms()))
    assert len(held_visits(kit)) == 1, "it came to this window"


def test_a_later_call_of_the_same_ticket_is_not_ended_by_an_older_row(
    kit: Any, clerk: Clerk, held: Ticket, queue: Any
) -> None:
    back = rehomed(Home(held, None), kit.clock.now_ms())
    again = replace(back, state=TicketState.CALLED, rev=back.rev + 1, window="A01")
    with kit.store.begin() as work:
        (visit,) = work.held_visits()
        work.put_visit(replace(visit, ticket_rev=again.rev))
    kit.hear(back)
    assert [each.state for each in held_visits(kit)] == [VisitState.HELD]
