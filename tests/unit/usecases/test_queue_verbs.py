"""Calling again, passing over, taking back, holding, and citizens without a ticket: what the window records."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.domain.clerk import Clerk
from app.domain.rights import Role
from app.domain.ticket import Ticket, TicketState
from app.domain.transitions import IllegalTransition
from app.domain.visit import Admission, HoldReason, Outcome, Visit, VisitState
from app.domain.work.card import Section, WorkCard
from app.domain.work.next_item import next_item
from app.domain.work.outcome import current_section
from app.domain.work.untouched import untouched
from app.storage.opening import open_file
from app.storage.signer import Ed25519Signer
from app.storage.store import CounterStore
from app.usecases.accept_case import accept_case
from app.usecases.acting import ActRefusal, ActRefused
from app.usecases.arrive import arrive
from app.usecases.ask_help import ask_help
from app.usecases.call_next import call_next
from app.usecases.complete_case import complete_case
from app.usecases.continue_visit import continue_visit
from app.usecases.finish_visit import finish_visit
from app.usecases.hold_visit import hold_visit
from app.usecases.miss_ticket import miss_ticket
from app.usecases.open_day import open_day
from app.usecases.present_ticket import present_ticket
from app.usecases.recall_ticket import recall_ticket
from app.usecases.save_draft import restore_draft, save_draft
from app.usecases.take_back import take_back
from app.usecases.undo_miss import undo_miss
from app.usecases.walk_in import walk_in
from app.usecases.withdraw_call import withdraw_call

SECOND = 1000


@pytest.fixture
def called_kit(open_kit: Any, clerk: Clerk, queue: Any, ticket: Any) -> Any:
    """Ticket A012 was called; A013 is next."""
    open_kit.queue = queue(ticket("A012", rev=2), ticket("A013", rev=2), ticket("A012", rev=5))
    call_next(open_kit.store, open_kit.clock, open_kit.queue, clerk)
    return open_kit


def refusal(call: Any, *args: Any) -> Any:
    with pytest.raises(ActRefused) as caught:
        call(*args)
    return caught.value.reason


def at_window(kit: Any) -> Visit | None:
    with kit.store.read() as view:
        return view.open_visit()


def heard(kit: Any, ticket: Ticket) -> None:
    """The authority's feed says this of the ticket."""
    row = {name: getattr(ticket, name) for name in type(ticket).__dataclass_fields__}
    kit.replica.replace({"ticket": [row]}, kit.replica.cursor() + 1)


def last(kit: Any) -> tuple[str, str, dict[str, Any]]:
    operation = kit.operations()[-1]
    return operation.kind, operation.entity_id, dict(operation.payload)


def page(kit: Any) -> WorkCard:
    with kit.store.read() as view:
        catalogue = view.catalogue()
    return WorkCard("ticket-A012", "A012", "A", catalogue.version, catalogue.items_of_business("A"))


# F3


def test_a_recall_is_counted_and_recorded_in_one_commit(called_kit: Any, clerk: Clerk, commits: Any) -> None:
    called_kit.clock.advance(20 * SECOND)
    with commits(called_kit.database) as seen:
        visit = recall_ticket(called_kit.store, called_kit.clock, clerk)
    assert len(seen) == 1
    assert (visit.recalls, visit.recalled_ms, visit.state) == (1, called_kit.clock.now_ms(), VisitState.CALLED)
    assert at_window(called_kit) == visit
    payload = {"number": "A012", "window": "A01", "calls": 2, "called_ms": called_kit.clock.now_ms()}
    assert last(called_kit) == ("ticket.recalled", "ticket-A012", payload)


def test_a_citizen_is_called_again_three_times_and_no_more(called_kit: Any, clerk: Clerk) -> None:
    for _ in range(3):
        recall_ticket(called_kit.store, called_kit.clock, clerk)
    assert refusal(recall_ticket, called_kit.store, called_kit.clock, clerk) is ActRefusal.RECALLED_ENOUGH


def test_who_is_being_served_can_be_called_again(serving_kit: Any, clerk: Clerk) -> None:
    assert recall_ticket(serving_kit.store, serving_kit.clock, clerk).state is VisitState.SERVING


def test_nobody_is_called_again_where_nobody_was_called(open_kit: Any, clerk: Clerk) -> None:
    assert refusal(recall_ticket, open_kit.store, open_kit.clock, clerk) is ActRefusal.NO_VISIT


# F4, and Ctrl+Z


def test_a_no_show_ends_the_visit_and_is_recorded(called_kit: Any, clerk: Clerk) -> None:
    missed = miss_ticket(called_kit.store, called_kit.clock, clerk)
    assert (missed.state, missed.outcome, at_window(called_kit)) == (VisitState.FINISHED, Outcome.MISSED, None)
    assert last(called_kit) == ("ticket.missed", "ticket-A012", {"number": "A012", "window": "A01"})


def test_a_no_show_is_not_counted_among_those_served(serving_kit: Any, clerk: Clerk) -> None:
    miss_ticket(serving_kit.store, serving_kit.clock, clerk)
    with serving_kit.store.read() as view:
        assert view.done_today() == (0, 0)


def test_who_gave_data_is_no_no_show(serving_kit: Any, clerk: Clerk, citizen: Any) -> None:
    visit = at_window(serving_kit)
    save_draft(serving_kit.store, visit.visit_id, page(serving_kit).seat(citizen))
    assert refusal(miss_ticket, serving_kit.store, serving_kit.clock, clerk) is ActRefusal.DATA_TAKEN
    assert at_window(serving_kit) == visit


def test_a_page_that_only_knows_its_item_is_untouched(serving_kit: Any, clerk: Clerk, citizen: Any) -> None:
    card = page(serving_kit).choose_item("ITM-02")
    assert untouched(card)
    assert not untouched(card.seat(citizen))
    assert not untouched(card.answer(1))
    save_draft(serving_kit.store, at_window(serving_kit).visit_id, card)
    assert miss_ticket(serving_kit.store, serving_kit.clock, clerk).outcome is Outcome.MISSED


def test_a_no_show_is_taken_back_within_ten_seconds(called_kit: Any, clerk: Clerk) -> None:
    called = at_window(called_kit)
    miss_ticket(called_kit.store, called_kit.clock, clerk)
    called_kit.clock.advance(10 * SECOND)
    assert undo_miss(called_kit.store, called_kit.clock, clerk) == called == at_window(called_kit)
    assert last(called_kit) == ("ticket.unmissed", "ticket-A012", {"number": "A012", "window": "A01"})


def test_after_ten_seconds_a_no_show_stays(called_kit: Any, clerk: Clerk) -> None:
    miss_ticket(called_kit.store, called_kit.clock, clerk)
    called_kit.clock.advance(10 * SECOND + 1)
    assert refusal(undo_miss, called_kit.store, called_kit.clock, clerk) is ActRefusal.MISS_TOO_OLD


@pytest.mark.parametrize(
    ("changes", "possible"),
    [
        ({"state": TicketState.WAITING, "rev": 1}, True),  # news from before the call
        ({"state": TicketState.CALLED, "rev": 2, "window": "A01"}, True),
        ({"state": TicketState.MISSED, "rev": 3, "window": "A01", "misses": 1}, True),
        ({"state": TicketState.VOID, "rev": 3, "window": "A01", "misses": 3}, True),
        ({"state": TicketState.WAITING, "rev": 4, "misses": 1}, False),
        ({"state": TicketState.SERVING, "rev": 4, "window": "A02"}, False),
    ],
)
def test_a_no_show_is_taken_back_while_the_ticket_is_still_missed(
    called_kit: Any, clerk: Clerk, ticket: Any, changes: dict[str, Any], possible: Any
) -> None:
    miss_ticket(called_kit.store, called_kit.clock, clerk)
    heard(called_kit, ticket("A012", **changes))
    if possible:
        assert undo_miss(called_kit.store, called_kit.clock, clerk).state is VisitState.CALLED
    else:
        assert refusal(undo_miss, called_kit.store, called_kit.clock, clerk) is ActRefusal.TICKET_MOVED_ON
        assert at_window(called_kit) is None


def test_only_the_last_visit_can_be_a_no_show_to_take_back(called_kit: Any, clerk: Clerk) -> None:
    assert refusal(undo_miss, called_kit.store, called_kit.clock, clerk) is ActRefusal.VISIT_OPEN
    withdraw_call(called_kit.store, called_kit.clock, clerk)
    assert refusal(undo_miss, called_kit.store, called_kit.clock, clerk) is ActRefusal.NO_MISS


# Shift+F3


def test_a_withdrawn_call_lets_the_ticket_wait_and_be_called_again(called_kit: Any, clerk: Clerk, ticket: Any) -> None:
    heard(called_kit, ticket("A012"))
    called_kit.clock.advance(10 * SECOND)
    withdrawn = withdraw_call(called_kit.store, called_kit.clock, clerk)
    assert withdrawn.outcome is Outcome.CALL_WITHDRAWN
    assert last(called_kit) == ("ticket.withdrawn", "ticket-A012", {"number": "A012", "window": "A01"})
    with called_kit.store.read() as view:
        assert [each.number for each in view.waiting(["A"], 9)] == ["A012"]
    called_kit.queue.waiting.reverse()
    assert call_next(called_kit.store, called_kit.clock, called_kit.queue, clerk).number == "A012"


def test_after_ten_seconds_a_call_stays(called_kit: Any, clerk: Clerk) -> None:
    called_kit.clock.advance(10 * SECOND + 1)
    assert refusal(withdraw_call, called_kit.store, called_kit.clock, clerk) is ActRefusal.CALL_TOO_OLD
    assert at_window(called_kit).number == "A012"


def test_who_has_come_cannot_be_uncalled(serving_kit: Any, clerk: Clerk) -> None:
    with pytest.raises(IllegalTransition):
        withdraw_call(serving_kit.store, serving_kit.clock, clerk)


# F5


def test_a_held_visit_frees_the_window_and_keeps_its_page(serving_kit: Any, clerk: Clerk, citizen: Any, queue: Any,
                                                          ticket: Any) -> None:  # fmt: skip
    visit = at_window(serving_kit)
    card = page(serving_kit).choose_item("ITM-02").seat(citizen)
    save_draft(serving_kit.store, visit.visit_id, card)
    hold_visit(serving_kit.store, serving_kit.clock, HoldReason.MATERIALS, clerk)
    assert at_window(serving_kit) is None
    payload = {"number": "A012", "window": "A01", "reason": "materials"}
    assert last(serving_kit) == ("ticket.held", "ticket-A012", payload)
    assert call_next(serving_kit.store, serving_kit.clock, queue(ticket("A013")), clerk).number == "A013"
    miss_ticket(serving_kit.store, serving_kit.clock, clerk)
    serving_kit.clock.advance(60 * SECOND)
    back = take_back(serving_kit.store, serving_kit.clock, None, clerk)
    assert (back.visit_id, back.state, back.away_ms) == (visit.visit_id, VisitState.SERVING, 60 * SECOND)
    assert restore_draft(serving_kit.store, visit.visit_id) == card
    assert last(serving_kit)[0] == "ticket.resumed"


def test_several_are_held_and_any_of_them_is_taken_back(open_kit: Any, clerk: Clerk) -> None:
    for number in ("A012", "A013", "A014"):
        open_kit.clock.advance(SECOND)
        present_ticket(open_kit.store, open_kit.clock, number, clerk)
        hold_visit(open_kit.store, open_kit.clock, HoldReason.PHOTO, clerk)
    with open_kit.store.read() as view:
        held = view.held_visits()
    assert [each.number for each in held] == ["A012", "A013", "A014"]
    assert take_back(open_kit.store, open_kit.clock, held[1].visit_id, clerk).number == "A013"
    assert refusal(take_back, open_kit.store, open_kit.clock, None, clerk) is ActRefusal.VISIT_OPEN
    hold_visit(open_kit.store, open_kit.clock, HoldReason.OTHER, clerk)
    assert take_back(open_kit.store, open_kit.clock, None, clerk).number == "A012"


def test_who_shows_the_number_of_a_held_visit_goes_on_with_it(open_kit: Any, clerk: Clerk) -> None:
    first = present_ticket(open_kit.store, open_kit.clock, "A012", clerk)
    hold_visit(open_kit.store, open_kit.clock, HoldReason.PHOTO, clerk)
    assert present_ticket(open_kit.store, open_kit.clock, "a012", clerk).visit_id == first.visit_id


def test_a_number_held_since_yesterday_is_not_todays(open_kit: Any, clerk: Clerk) -> None:
    first = present_ticket(open_kit.store, open_kit.clock, "A012", clerk)
    hold_visit(open_kit.store, open_kit.clock, HoldReason.PHOTO, clerk)
    open_kit.clock.advance(86_400 * SECOND)
    open_day(open_kit.store, open_kit.clock, clerk)
    assert present_ticket(open_kit.store, open_kit.clock, "A012", clerk).visit_id != first.visit_id


def test_a_called_citizen_can_be_held_and_is_served_from_then_on(called_kit: Any, clerk: Clerk) -> None:
    hold_visit(called_kit.store, called_kit.clock, HoldReason.OTHER, clerk)
    called_kit.clock.advance(60 * SECOND)
    back = take_back(called_kit.store, called_kit.clock, None, clerk)
    assert (back.served_ms, back.away_ms) == (called_kit.clock.now_ms(), 0)


def test_the_time_away_is_not_time_served(serving_kit: Any, clerk: Clerk, ready_card: Any, templates: Any) -> None:
    hold_visit(serving_kit.store, serving_kit.clock, HoldReason.PHOTO, clerk)
    serving_kit.clock.advance(3600 * SECOND)
    take_back(serving_kit.store, serving_kit.clock, None, clerk)
    serving_kit.clock.advance(60 * SECOND)
    accept_case(serving_kit.store, serving_kit.clock, templates, ready_card("ITM-02"), clerk)
    finish_visit(serving_kit.store, serving_kit.clock, clerk)
    with serving_kit.store.read() as view:
        assert view.done_today() == (1, 60 * SECOND)


def test_nobody_is_taken_back_where_nobody_is_held(open_kit: Any, clerk: Clerk) -> None:
    assert refusal(take_back, open_kit.store, open_kit.clock, None, clerk) is ActRefusal.NOTHING_HELD


def test_who_has_a_paper_is_not_held(serving_kit: Any, clerk: Clerk, ready_card: Any, templates: Any) -> None:
    accept_case(serving_kit.store, serving_kit.clock, templates, ready_card("ITM-02"), clerk)
    with pytest.raises(IllegalTransition):
        hold_visit(serving_kit.store, serving_kit.clock, HoldReason.PHOTO, clerk)


def test_held_visits_survive_a_power_cut(file_kit: Any, clerk: Clerk, tmp_path: Path, manual_clock: Any) -> None:
    open_day(file_kit.store, file_kit.clock, clerk)
    visit = present_ticket(file_kit.store, file_kit.clock, "A012", clerk)
    save_draft(file_kit.store, visit.visit_id, page(file_kit).choose_item("ITM-02"))
    hold_visit(file_kit.store, file_kit.clock, HoldReason.ADVICE, clerk)
    file_kit.database.close()
    database = open_file(tmp_path / "counter.db", bytes(32), manual_clock)
    store = CounterStore(database, manual_clock, Ed25519Signer(bytes(range(32))))
    with store.read() as view:
        (held,) = view.held_visits()
    assert (held.visit_id, held.hold_reason) == (visit.visit_id, HoldReason.ADVICE)
    assert restore_draft(store, visit.visit_id).item.id == "ITM-02"
    assert take_back(store, manual_clock, None, clerk).number == "A012"
    database.close()


# without a ticket, and a second matter


def test_a_walk_in_has_a_number_of_the_windows_own_series(open_kit: Any, clerk: Clerk) -> None:
    first = walk_in(open_kit.store, open_kit.clock, clerk)
    assert (first.number, first.admission, first.state) == ("W03-001", Admission.WALKED_IN, VisitState.SERVING)
    now = open_kit.clock.now_ms()
    payload = {"number": "W03-001", "window": "A01", "business_date": "2026-11-23", "served_ms": now}
    assert last(open_kit) == ("ticket.walked_in", first.ticket_id, payload)
    assert refusal(walk_in, open_kit.store, open_kit.clock, clerk) is ActRefusal.VISIT_OPEN
    hold_visit(open_kit.store, open_kit.clock, HoldReason.PHOTO, clerk)
    assert walk_in(open_kit.store, open_kit.clock, clerk).number == "W03-002"


def test_nobody_walks_in_before_the_day_is_open(kit: Any, clerk: Clerk) -> None:
    assert refusal(walk_in, kit.store, kit.clock, clerk) is ActRefusal.DAY_NOT_OPEN


def test_a_second_matter_needs_no_new_ticket(
    serving_kit: Any, clerk: Clerk, ready_card: Any, templates: Any, citizen: Any
) -> None:
    taken = accept_case(serving_kit.store, serving_kit.clock, templates, ready_card("ITM-02"), clerk)
    with serving_kit.store.read() as view:
        catalogue = view.catalogue()
    card = next_item(ready_card("ITM-02"), tuple(catalogue.items_at_window("A01")), catalogue.version)
    assert (card.applicant, card.marks, current_section(card)) == (citizen, {}, Section.ITEM)
    second = continue_visit(serving_kit.store, serving_kit.clock, card, clerk)
    assert (second.ticket_id, second.number, second.admission) == ("ticket-A012", "A012", Admission.CONTINUED)
    assert restore_draft(serving_kit.store, second.visit_id) == card
    with serving_kit.store.read() as view:
        first = view.visit(taken.visit.visit_id)
    assert (first.state, first.outcome) == (VisitState.FINISHED, Outcome.ACCEPTED)
    kind, _, payload = last(serving_kit)
    assert (kind, payload["case_id"], payload["outcome"]) == ("ticket.continued", taken.case.case_id, "accepted")
    complete_case(serving_kit.store, serving_kit.clock, templates, ready_card("ITM-01"), clerk)
    finish_visit(serving_kit.store, serving_kit.clock, clerk)
    assert [each.kind for each in serving_kit.operations()].count("ticket.finished") == 1


def test_a_visit_without_an_outcome_has_no_second_matter(serving_kit: Any, clerk: Clerk) -> None:
    with pytest.raises(IllegalTransition):
        continue_visit(serving_kit.store, serving_kit.clock, page(serving_kit), clerk)


# Ctrl+H


def test_the_manager_is_called_once_until_somebody_answers(open_kit: Any, clerk: Clerk) -> None:
    help_id = ask_help(open_kit.store, open_kit.clock, clerk)
    now = open_kit.clock.now_ms()
    assert last(open_kit) == ("help.asked", help_id, {"window": "A01", "asked_ms": now})
    assert refusal(ask_help, open_kit.store, open_kit.clock, clerk) is ActRefusal.HELP_ASKED_ALREADY
    row = {"help_id": help_id, "hall": "9901", "window": "A01", "clerk": "0301", "asked_ms": now}
    open_kit.replica.replace({"help": [{**row, "answered_ms": None, "answered_by": None, "rev": 1}]}, 1)
    assert refusal(ask_help, open_kit.store, open_kit.clock, clerk) is ActRefusal.HELP_ASKED_ALREADY
    open_kit.replica.replace({"help": [{**row, "answered_ms": now + 1, "answered_by": "manager", "rev": 2}]}, 2)
    assert ask_help(open_kit.store, open_kit.clock, clerk) != help_id


def test_a_call_of_yesterday_hinders_nobody_today(open_kit: Any, clerk: Clerk) -> None:
    ask_help(open_kit.store, open_kit.clock, clerk)
    open_kit.clock.advance(86_400 * SECOND)
    open_day(open_kit.store, open_kit.clock, clerk)
    assert ask_help(open_kit.store, open_kit.clock, clerk)


@pytest.mark.parametrize(
    "verb", [recall_ticket, miss_ticket, undo_miss, withdraw_call, walk_in, ask_help], ids=lambda verb: verb.__name__
)
def test_a_role_without_the_right_moves_no_ticket(called_kit: Any, clerk: Clerk, verb: Any) -> None:
    guide = replace(clerk, roles=frozenset({Role.GUIDE}))
    assert refusal(verb, called_kit.store, called_kit.clock, guide) is ActRefusal.NOT_ALLOWED


def test_a_held_visit_is_served_before_it_arrives_anew(called_kit: Any, clerk: Clerk) -> None:
    hold_visit(called_kit.store, called_kit.clock, HoldReason.PHOTO, clerk)
    assert refusal(arrive, called_kit.store, called_kit.clock, clerk) is ActRefusal.NO_VISIT
