"""Calls out of turn and transfers at the counter: what is kept, what is asked again, what is printed."""

from dataclasses import asdict, replace
from typing import Any

import pytest

from app.domain.chosen import ChosenCall, ChosenReason
from app.domain.clerk import Clerk
from app.domain.paper.blocks import KeyValue, document_from_json
from app.domain.ticket import Ticket, TicketState
from app.domain.transfer import DeclineReason
from app.domain.visit import HoldReason, Outcome, VisitState
from app.ports.queue_authority import AuthorityRefused, AuthorityUnreachable
from app.usecases.acting import ActRefused
from app.usecases.answer_transfer import decline_transfer, take_transfer
from app.usecases.call_chosen import call_chosen
from app.usecases.call_next import call_next
from app.usecases.hold_visit import hold_visit
from app.usecases.present_ticket import present_ticket
from app.usecases.save_draft import save_draft
from app.usecases.transfer_ticket import DRAFT_KEPT_MS, transfer_ticket
from app.usecases.walk_in import walk_in
from app.usecases.withdraw_call import withdraw_call

A14 = ChosenCall("A014", ChosenReason.URGENT)


def kinds(kit: Any) -> list[str]:
    return [each.kind for each in kit.operations()]


def hear(kit: Any, published_tables: Any, *tickets: Ticket) -> None:
    rows = [{**asdict(each), "state": each.state.value} for each in tickets]
    kit.replica.replace({**published_tables, "ticket": rows}, kit.replica.cursor())


@pytest.fixture
def hall(queue: Any, ticket: Any) -> Any:
    return queue(*(ticket(f"A01{n}") for n in (2, 3, 4)))


def test_the_reason_is_in_the_operation(open_kit: Any, hall: Any, clerk: Clerk) -> None:
    visit = call_chosen(open_kit.store, open_kit.clock, hall, A14, clerk)
    assert visit is not None
    assert (visit.number, visit.state) == ("A014", VisitState.CALLED)
    assert open_kit.operations()[-1].payload["reason"] == "urgent"


def test_a_lost_answer_is_asked_for_again_by_the_next_call(open_kit: Any, hall: Any, clerk: Clerk) -> None:
    hall.lost_answers = 1
    with pytest.raises(AuthorityUnreachable):
        call_chosen(open_kit.store, open_kit.clock, hall, A14, clerk)
    visit = call_next(open_kit.store, open_kit.clock, hall, clerk)
    assert visit is not None
    assert visit.number == "A014"
    assert len(set(hall.keys)) == 1
    following = call_next(open_kit.store, open_kit.clock, hall, clerk)
    assert following is not None
    assert following.number == "A012"


def test_another_choice_settles_the_lost_one_first(open_kit: Any, hall: Any, clerk: Clerk) -> None:
    hall.lost_answers = 1
    with pytest.raises(AuthorityUnreachable):
        call_chosen(open_kit.store, open_kit.clock, hall, A14, clerk)
    other = ChosenCall("A013", ChosenReason.OTHER)
    first = call_chosen(open_kit.store, open_kit.clock, hall, other, clerk)
    second = call_chosen(open_kit.store, open_kit.clock, hall, other, clerk)
    assert [first and first.number, second and second.number] == ["A014", "A013"]


def test_a_lost_next_call_is_announced_before_the_choice(open_kit: Any, hall: Any, clerk: Clerk) -> None:
    """The authority knows the key from the next call: whoever it called then is heard of, not passed over."""
    hall.lost_answers = 1
    with pytest.raises(AuthorityUnreachable):
        call_next(open_kit.store, open_kit.clock, hall, clerk)

    class Strict:
        """Answers as the server does: a key is of one request."""

        def call_next(self, window: str, key: str) -> Ticket | None:
            found: Ticket | None = hall.call_next(window, key)
            return found

        def call_chosen(self, window: str, choice: ChosenCall, key: str) -> Ticket:
            if key in hall.answers:
                raise AuthorityRefused("key_reused")
            found: Ticket = hall.call_chosen(window, choice, key)
            return found

        def lines(self) -> list[Any]:
            return []

    visit = call_chosen(open_kit.store, open_kit.clock, Strict(), A14, clerk)
    assert visit is not None
    assert visit.number == "A012"
    visit = call_chosen(open_kit.store, open_kit.clock, Strict(), A14, clerk)
    assert visit is not None
    assert visit.number == "A014"


def test_a_refused_number_leaves_the_next_call_as_it_was(open_kit: Any, hall: Any, clerk: Clerk) -> None:
    with pytest.raises(AuthorityRefused, match="not_waiting"):
        call_chosen(open_kit.store, open_kit.clock, hall, ChosenCall("A099", ChosenReason.OTHER), clerk)
    visit = call_next(open_kit.store, open_kit.clock, hall, clerk)
    assert visit is not None
    assert visit.number == "A012"


def test_a_choice_served_by_its_paper_meanwhile_is_not_called(open_kit: Any, hall: Any, clerk: Clerk) -> None:
    hall.lost_answers = 1
    with pytest.raises(AuthorityUnreachable):
        call_chosen(open_kit.store, open_kit.clock, hall, A14, clerk)
    present_ticket(open_kit.store, open_kit.clock, "A014", clerk)
    with pytest.raises(ActRefused, match="visit_open"):
        call_chosen(open_kit.store, open_kit.clock, hall, A14, clerk)


def test_a_transfer_is_one_commit_with_its_paper(serving_kit: Any, templates: Any, clerk: Clerk, commits: Any) -> None:
    with commits(serving_kit.database) as seen:
        visit = transfer_ticket(serving_kit.store, serving_kit.clock, templates, "B01", clerk)
    assert len(seen) == 1
    assert (visit.outcome, visit.state) == (Outcome.TRANSFERRED, VisitState.FINISHED)
    assert kinds(serving_kit)[-1] == "ticket.transferred"
    job = serving_kit.spool.next_queued()
    assert job is not None
    words = str(job.document)
    for part in ("转窗引导单", "B01窗口", "社会事务", "A012", "二楼东区", "0301号"):
        assert part in words, part


@pytest.mark.parametrize("window", ["A01", "Z09", ""])
def test_a_window_that_is_none_changes_nothing(serving_kit: Any, templates: Any, clerk: Clerk, window: str) -> None:
    before = kinds(serving_kit)
    with pytest.raises(ActRefused, match="no_such_window"):
        transfer_ticket(serving_kit.store, serving_kit.clock, templates, window, clerk)
    assert kinds(serving_kit) == before
    with serving_kit.store.read() as view:
        assert view.open_visit() is not None


def test_an_offer_is_taken_only_by_its_window_and_only_while_it_stands(
    open_kit: Any, clerk: Clerk, ticket: Any, published_tables: Any
) -> None:
    elsewhere = ticket("A020", TicketState.TRANSFERRING, window="A02", to_window="A03", offered_ms=1)
    hear(open_kit, published_tables, elsewhere)
    with pytest.raises(ActRefused, match="transfer_over"):
        take_transfer(open_kit.store, open_kit.clock, "A020", clerk)
    with pytest.raises(ActRefused, match="transfer_over"):
        decline_transfer(open_kit.store, "A020", DeclineReason.BUSY, clerk)
    hear(open_kit, published_tables, ticket("A020", TicketState.TRANSFERRING, to_window="A01", offered_ms=1))
    visit = take_transfer(open_kit.store, open_kit.clock, "A020", clerk)
    assert (visit.number, visit.state) == ("A020", VisitState.CALLED)
    with pytest.raises(ActRefused, match="visit_open"):
        take_transfer(open_kit.store, open_kit.clock, "A020", clerk)


def test_an_offer_that_was_taken_is_not_taken_again_before_the_feed_tells(
    open_kit: Any, clerk: Clerk, ticket: Any, published_tables: Any
) -> None:
    hear(open_kit, published_tables, ticket("A020", TicketState.TRANSFERRING, to_window="A01", offered_ms=1))
    take_transfer(open_kit.store, open_kit.clock, "A020", clerk)
    withdraw_call(open_kit.store, open_kit.clock, clerk)
    with pytest.raises(ActRefused, match="transfer_over"):
        take_transfer(open_kit.store, open_kit.clock, "A020", clerk)
    with pytest.raises(ActRefused, match="transfer_over"):
        decline_transfer(open_kit.store, "A020", DeclineReason.BUSY, clerk)


def test_who_is_here_by_their_paper_is_not_called_once_more_by_an_offer(
    open_kit: Any, clerk: Clerk, ticket: Any, published_tables: Any
) -> None:
    """Sent to this window while it was cut off, they had shown their paper before the offer was heard of."""
    hear(open_kit, published_tables, ticket("A020"))
    present_ticket(open_kit.store, open_kit.clock, "A020", clerk)
    hold_visit(open_kit.store, open_kit.clock, HoldReason.PHOTO, clerk)
    hear(open_kit, published_tables, ticket("A020", TicketState.TRANSFERRING, rev=4, to_window="A01", offered_ms=1))
    with pytest.raises(ActRefused, match="transfer_over"):
        take_transfer(open_kit.store, open_kit.clock, "A020", clerk)
    with pytest.raises(ActRefused, match="transfer_over"):
        decline_transfer(open_kit.store, "A020", DeclineReason.BUSY, clerk)


def test_an_offer_that_was_sent_back_is_not_answered_again_before_the_feed_tells(
    open_kit: Any, clerk: Clerk, ticket: Any, published_tables: Any
) -> None:
    offer = ticket("A020", TicketState.TRANSFERRING, rev=4, to_window="A01", offered_ms=1)
    hear(open_kit, published_tables, offer)
    decline_transfer(open_kit.store, "A020", DeclineReason.BUSY, clerk)
    open_kit.replica.acknowledge(len(open_kit.operations()), {})
    with pytest.raises(ActRefused, match="transfer_over"):
        decline_transfer(open_kit.store, "A020", DeclineReason.BUSY, clerk)
    with pytest.raises(ActRefused, match="transfer_over"):
        take_transfer(open_kit.store, open_kit.clock, "A020", clerk)
    hear(open_kit, published_tables, replace(offer, rev=7))
    assert take_transfer(open_kit.store, open_kit.clock, "A020", clerk).number == "A020", "it was handed here again"


def test_who_came_without_a_ticket_gets_a_whole_paper_to_the_next_window(
    open_kit: Any, templates: Any, clerk: Clerk
) -> None:
    walk_in(open_kit.store, open_kit.clock, clerk)
    assert transfer_ticket(open_kit.store, open_kit.clock, templates, "B01", clerk).outcome is Outcome.TRANSFERRED
    document = document_from_json(open_kit.spool.next_queued().document)
    about = [each.value for each in document.blocks if isinstance(each, KeyValue) and each.label == "办理内容"]
    assert about == ["社会事务"]


def test_the_page_of_who_was_sent_on_is_forgotten_after_an_hour(
    serving_kit: Any, templates: Any, clerk: Clerk, hall: Any, ready_card: Any
) -> None:
    with serving_kit.store.read() as view:
        first = view.open_visit()
    save_draft(serving_kit.store, first.visit_id, ready_card("ITM-02"))
    transfer_ticket(serving_kit.store, serving_kit.clock, templates, "A02", clerk)
    for wait_ms, kept in ((DRAFT_KEPT_MS, True), (1, False)):
        serving_kit.clock.advance(wait_ms)
        call_next(serving_kit.store, serving_kit.clock, hall, clerk)
        transfer_ticket(serving_kit.store, serving_kit.clock, templates, "A02", clerk)
        with serving_kit.store.read() as view:
            assert (view.draft(first.visit_id) is not None) is kept
