"""The window's own block: called in order without the network, given back, and read from the store alone."""

from dataclasses import asdict, replace
from typing import Any

import pytest

from app.domain.clerk import Clerk
from app.domain.ticket import HORIZON_MS, Ticket, TicketState
from app.domain.visit import Admission, VisitState
from app.ports.queue_authority import AuthorityUnreachable
from app.storage.signer import Ed25519Signer
from app.storage.store import CounterStore
from app.usecases.acting import ActRefused
from app.usecases.arrive import arrive
from app.usecases.ask_block import ask_block
from app.usecases.call_next import call_next
from app.usecases.call_reserved import call_reserved
from app.usecases.hand_over import begin_handover, hand_over
from app.usecases.miss_ticket import miss_ticket
from app.usecases.open_day import open_day
from app.usecases.present_ticket import present_ticket
from app.usecases.release_block import release_block
from app.usecases.reserved import block_left
from app.usecases.withdraw_call import withdraw_call


@pytest.fixture
def at_work(kit: Any, clerk: Clerk) -> Any:
    open_day(kit.store, kit.clock, clerk)
    return kit


@pytest.fixture
def reserve(ticket: Any) -> Any:
    """Return tickets reserved for A01, with the epochs 1, 2, 3 …"""

    def of(*numbers: str, window: str = "A01", first: int = 1, rev: int = 2) -> list[Ticket]:
        return [
            ticket(number, TicketState.RESERVED, window=window, epoch=epoch, rev=rev)
            for epoch, number in enumerate(numbers, first)
        ]

    return of


def left(kit: Any) -> list[str]:
    with kit.store.read() as view:
        return [each.number for each in block_left(view, "A01")]


def last(kit: Any) -> Any:
    return kit.operations()[-1]


def test_the_block_is_called_in_order_each_with_the_epoch_of_its_reservation(
    at_work: Any, clerk: Clerk, reserve: Any
) -> None:
    at_work.hear(*reversed(reserve("A013", "A012")), *reserve("A020", window="A02"))
    assert left(at_work) == ["A013", "A012"]
    for number, epoch in (("A013", 1), ("A012", 2)):
        visit = call_reserved(at_work.store, at_work.clock, clerk)
        assert visit is not None
        assert (visit.number, visit.admission, visit.state) == (number, Admission.CALLED, VisitState.CALLED)
        operation = last(at_work)
        assert (operation.kind, operation.kind_version, operation.base_rev) == ("ticket.called", 2, 2)
        assert operation.payload == {
            "number": number,
            "window": "A01",
            "called_ms": at_work.clock.now_ms(),
            "epoch": epoch,
        }
    assert left(at_work) == []
    assert call_reserved(at_work.store, at_work.clock, clerk) is None, "beyond the block nobody is called"


def test_a_call_the_authority_gave_names_no_reservation(at_work: Any, clerk: Clerk, queue: Any, ticket: Any) -> None:
    call_next(at_work.store, at_work.clock, queue(ticket("A012")), clerk)
    assert (last(at_work).kind_version, last(at_work).payload["epoch"]) == (2, None)


def test_what_was_called_is_out_of_the_block_after_a_restart_too(file_kit: Any, clerk: Clerk, reserve: Any) -> None:
    open_day(file_kit.store, file_kit.clock, clerk)
    file_kit.hear(*reserve("A012", "A013", "A014"))
    call_reserved(file_kit.store, file_kit.clock, clerk)
    release = [each.number for each in release_block(file_kit.store, clerk)]
    assert release == ["A013", "A014"]
    again = CounterStore(file_kit.database, file_kit.clock, Ed25519Signer(bytes(range(32))))
    with again.read() as view:
        assert block_left(view, "A01") == ()
        assert view.open_visit().number == "A012"


@pytest.mark.parametrize("end", [miss_ticket, withdraw_call])
def test_a_call_that_came_to_nothing_is_not_made_again_until_the_number_is_reserved_anew(
    at_work: Any, clerk: Clerk, reserve: Any, end: Any
) -> None:
    at_work.hear(*reserve("A012"))
    call_reserved(at_work.store, at_work.clock, clerk)
    end(at_work.store, at_work.clock, clerk)
    assert left(at_work) == []
    at_work.hear(*reserve("A012", first=2, rev=5))
    assert left(at_work) == ["A012"]


def test_a_citizen_served_by_the_paper_is_not_called_though_reserved_meanwhile(
    at_work: Any, clerk: Clerk, reserve: Any, ticket: Any
) -> None:
    at_work.hear(ticket("A012"))
    present_ticket(at_work.store, at_work.clock, "a012", clerk)
    at_work.hear(*reserve("A012"))
    assert left(at_work) == []


def test_a_number_of_another_windows_block_is_served_by_its_paper(at_work: Any, clerk: Clerk, reserve: Any) -> None:
    at_work.hear(*reserve("A020", window="A02"))
    assert present_ticket(at_work.store, at_work.clock, "A020", clerk).state is VisitState.SERVING
    assert last(at_work).kind == "ticket.presented"


def test_a_number_never_heard_of_is_served_by_its_paper(at_work: Any, clerk: Clerk) -> None:
    visit = present_ticket(at_work.store, at_work.clock, "A099", clerk)
    assert (visit.ticket_id, last(at_work).payload["ticket_id"], last(at_work).entity_id) == (None, None, "A099")


def test_yesterdays_block_is_nobodys(at_work: Any, clerk: Clerk, ticket: Any) -> None:
    old = ticket("A012", TicketState.RESERVED, window="A01", epoch=1, business_date="2026-11-20")
    at_work.hear(old)
    assert left(at_work) == []


def test_an_old_copy_of_the_store_does_not_call_the_block_of_its_day(at_work: Any, clerk: Clerk, reserve: Any) -> None:
    at_work.hear(*reserve("A012"))
    at_work.clock.advance(HORIZON_MS + 1)
    assert call_reserved(at_work.store, at_work.clock, clerk) is None
    assert left(at_work) == ["A012"], "the feed says what became of it"


def test_nobody_is_called_over_a_citizen_who_is_served(at_work: Any, clerk: Clerk, reserve: Any) -> None:
    at_work.hear(*reserve("A012", "A013"))
    call_reserved(at_work.store, at_work.clock, clerk)
    arrive(at_work.store, at_work.clock, clerk)
    with pytest.raises(ActRefused):
        call_reserved(at_work.store, at_work.clock, clerk)
    assert left(at_work) == ["A013"]


def test_the_block_goes_back_in_order_after_the_calls_and_once(at_work: Any, clerk: Clerk, reserve: Any) -> None:
    at_work.hear(*reserve("A012", "A013", "A014"))
    call_reserved(at_work.store, at_work.clock, clerk)
    assert [each.number for each in release_block(at_work.store, clerk)] == ["A013", "A014"]
    told = [(each.kind, each.payload) for each in at_work.operations()][-3:]
    assert [kind for kind, _ in told] == ["ticket.called", "ticket.released", "ticket.released"]
    assert told[-1][1] == {"number": "A014", "window": "A01", "epoch": 3}
    assert release_block(at_work.store, clerk) == ()
    assert call_reserved(at_work.store, at_work.clock, clerk) is None


def test_what_is_reserved_again_after_it_was_given_back_is_the_windows_again(
    at_work: Any, clerk: Clerk, reserve: Any
) -> None:
    at_work.hear(*reserve("A012"))
    release_block(at_work.store, clerk)
    at_work.hear(*reserve("A012", first=2, rev=4))
    assert left(at_work) == ["A012"]


class Reserving:
    """An authority that grants up to a reservation."""

    def __init__(self, newest: int) -> None:
        self.newest = newest
        self.asked: list[tuple[str, int]] = []

    def reserve_block(self, window: str, count: int, key: str) -> int:
        self.asked.append((window, count))
        return self.newest


def test_only_what_the_window_asked_for_itself_is_given_back_by_itself(
    at_work: Any, clerk: Clerk, reserve: Any
) -> None:
    authority = Reserving(2)
    ask_block(at_work.store, at_work.clock, authority, clerk)
    assert authority.asked == [("A01", 2)]
    at_work.hear(*reserve("A012", "A013", "A014", "A015"))
    assert [each.number for each in release_block(at_work.store, clerk, own=True)] == ["A012", "A013"]
    assert left(at_work) == ["A014", "A015"], "the floor manager's preparation stays"


def test_an_answer_that_was_lost_does_not_call_a_citizen_of_the_block_twice(
    at_work: Any, clerk: Clerk, reserve: Any, queue: Any
) -> None:
    own = reserve("A012")[0]
    at_work.hear(own)
    granted = Ticket(**{**asdict(own), "state": TicketState.CALLED, "rev": 3})
    authority = queue(granted)
    authority.lost_answers = 1
    with pytest.raises(AuthorityUnreachable):
        call_next(at_work.store, at_work.clock, authority, clerk)
    assert call_reserved(at_work.store, at_work.clock, clerk) is not None
    miss_ticket(at_work.store, at_work.clock, clerk)
    assert call_next(at_work.store, at_work.clock, authority, clerk) is None, "the old answer names who was called"
    assert [each.kind for each in at_work.operations()].count("ticket.called") == 1


def test_handing_over_gives_the_block_back_in_the_same_commit(
    at_work: Any, clerk: Clerk, reserve: Any, templates: Any, commits: Any
) -> None:
    at_work.hear(*reserve("A012", "A013"))
    with at_work.store.read() as view:
        sheet = begin_handover(view, clerk)
    with commits(at_work.database) as seen:
        hand_over(at_work.store, at_work.clock, templates, replace(sheet, heir="0302"), clerk)
    assert len(seen) == 1
    kinds = [each.kind for each in at_work.operations()]
    assert kinds[-3:] == ["ticket.released", "ticket.released", "shift.handed_over"]
    assert left(at_work) == []
