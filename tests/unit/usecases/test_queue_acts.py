"""Calling, presenting, serving and finishing: what the window records of a citizen's way."""

from dataclasses import replace
from typing import Any

import pytest

from app.domain.clerk import Clerk
from app.domain.rights import Role
from app.domain.ticket import TicketState
from app.domain.transitions import IllegalTransition
from app.domain.visit import Admission, Outcome, VisitState
from app.ports.queue_authority import AuthorityRefused, AuthorityUnreachable, WindowBusy
from app.usecases.acting import ActRefusal, ActRefused
from app.usecases.arrive import arrive
from app.usecases.call_next import call_next
from app.usecases.finish_visit import finish_visit
from app.usecases.open_day import open_day
from app.usecases.present_ticket import present_ticket
from app.usecases.transfer_ticket import transfer_ticket


def kinds(kit: Any) -> Any:
    return [each.kind for each in kit.operations()]


def refusal(call: Any, *args: Any) -> Any:
    with pytest.raises(ActRefused) as caught:
        call(*args)
    return caught.value.reason


def test_a_day_is_opened_once(kit: Any, clerk: Clerk) -> None:
    assert open_day(kit.store, kit.clock, clerk)
    assert not open_day(kit.store, kit.clock, clerk)
    (opened,) = kit.operations()
    assert (opened.kind, opened.payload) == ("day.opened", {"business_date": "2026-11-23"})


def test_a_clock_that_went_back_opens_no_day(open_kit: Any, clerk: Clerk) -> None:
    open_kit.clock.advance(-86_400_000)
    assert refusal(open_day, open_kit.store, open_kit.clock, clerk) is ActRefusal.DAY_BEFORE


def test_a_role_without_the_right_does_nothing(open_kit: Any, clerk: Clerk, queue: Any) -> None:
    guide = replace(clerk, roles=frozenset({Role.GUIDE}))
    authority = queue()
    assert refusal(call_next, open_kit.store, open_kit.clock, authority, guide) is ActRefusal.NOT_ALLOWED
    assert authority.keys == []


def test_nobody_is_called_before_the_day_is_open(kit: Any, clerk: Clerk, queue: Any, ticket: Any) -> None:
    assert refusal(call_next, kit.store, kit.clock, queue(ticket()), clerk) is ActRefusal.DAY_NOT_OPEN


def test_a_call_is_on_record_in_one_commit(open_kit: Any, clerk: Clerk, queue: Any, ticket: Any, commits: Any) -> None:
    with commits(open_kit.database) as seen:
        visit = call_next(open_kit.store, open_kit.clock, queue(ticket("A012")), clerk)
    assert len(seen) == 1
    assert (visit.number, visit.state, visit.admission) == ("A012", VisitState.CALLED, Admission.CALLED)
    operation = open_kit.operations()[-1]
    assert (operation.kind, operation.entity_id, operation.actor.clerk) == ("ticket.called", "ticket-A012", "0301")
    with open_kit.store.read() as view:
        assert view.open_visit() == visit


def test_an_empty_queue_changes_nothing_but_the_key(open_kit: Any, clerk: Clerk, queue: Any) -> None:
    authority = queue()
    assert call_next(open_kit.store, open_kit.clock, authority, clerk) is None
    assert call_next(open_kit.store, open_kit.clock, authority, clerk) is None
    assert authority.keys[0] != authority.keys[1]
    assert kinds(open_kit) == ["day.opened"]


def test_a_lost_answer_is_asked_for_again_and_names_the_same_ticket(
    open_kit: Any, clerk: Clerk, queue: Any, ticket: Any
) -> None:
    authority = queue(ticket("A012"), ticket("A013"))
    authority.lost_answers = 2
    for _ in range(2):
        with pytest.raises(AuthorityUnreachable):
            call_next(open_kit.store, open_kit.clock, authority, clerk)
    assert call_next(open_kit.store, open_kit.clock, authority, clerk).number == "A012"
    assert len(set(authority.keys)) == 1


def test_a_crash_before_the_record_loses_no_ticket(open_kit: Any, clerk: Clerk, queue: Any, ticket: Any) -> None:
    authority = queue(ticket("A012"), ticket("A013"))
    with open_kit.store.read() as view:
        authority.call_next("A01", view.call_key())
    assert call_next(open_kit.store, open_kit.clock, authority, clerk).number == "A012"


@pytest.mark.parametrize("known", [True, False], ids=["heard of", "known by number only"])
def test_an_old_answer_for_a_citizen_who_presented_since_is_passed_over(
    open_kit: Any,
    clerk: Clerk,
    queue: Any,
    ticket: Any,
    known: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    authority = queue(ticket("A012"), ticket("A013"))
    authority.lost_answers = 1
    with pytest.raises(AuthorityUnreachable):
        call_next(open_kit.store, open_kit.clock, authority, clerk)
    heard = {"ticket": [row_of(ticket("A012"))]}
    if known:
        open_kit.replica.replace(heard, 1)
    visit = present_ticket(open_kit.store, open_kit.clock, "A012", clerk)
    with open_kit.store.begin() as work:
        work.put_visit(replace(visit, state=VisitState.FINISHED, finished_ms=open_kit.clock.now_ms()))
    assert call_next(open_kit.store, open_kit.clock, authority, clerk).number == "A013"


@pytest.mark.parametrize("known", [True, False], ids=["heard of", "known by number only"])
@pytest.mark.parametrize(
    ("rev", "called"), [(2, "A013"), (5, "A012")], ids=["from before it was sent on", "it came back"]
)
def test_an_old_answer_for_a_citizen_who_was_sent_on_since_is_passed_over(
    open_kit: Any, clerk: Clerk, queue: Any, ticket: Any, templates: Any, *, known: bool, rev: int, called: str
) -> None:
    """Who presented their paper and was sent on is called here again only when they came back."""
    authority = queue(ticket("A012", TicketState.CALLED, rev=rev), ticket("A013", TicketState.CALLED, rev=2))
    if known:
        open_kit.hear(ticket("A012"))
    present_ticket(open_kit.store, open_kit.clock, "A012", clerk)
    transfer_ticket(open_kit.store, open_kit.clock, templates, "A02", clerk)
    assert call_next(open_kit.store, open_kit.clock, authority, clerk).number == called


def row_of(ticket: Any) -> Any:
    return {name: getattr(ticket, name) for name in type(ticket).__dataclass_fields__}


@pytest.mark.parametrize(("refusal", "different_keys"), [(WindowBusy(), 1), (AuthorityRefused("key_reused"), 2)])
def test_a_refused_call_keeps_its_key_unless_the_key_itself_is_refused(
    open_kit: Any, clerk: Clerk, refusal: AuthorityRefused, different_keys: int
) -> None:
    keys = []

    class Refusing:
        def call_next(self, _window: str, key: str) -> None:
            keys.append(key)
            raise refusal

    for _ in range(2):
        with pytest.raises(AuthorityRefused):
            call_next(open_kit.store, open_kit.clock, Refusing(), clerk)
    assert len(set(keys)) == different_keys


def test_while_somebody_is_served_nobody_is_called(serving_kit: Any, clerk: Clerk, queue: Any, ticket: Any) -> None:
    assert refusal(call_next, serving_kit.store, serving_kit.clock, queue(ticket()), clerk) is ActRefusal.VISIT_OPEN


def test_calling_again_ends_the_visit_of_a_citizen_who_never_came(
    open_kit: Any, clerk: Clerk, queue: Any, ticket: Any
) -> None:
    authority = queue(ticket("A012"), ticket("A013"))
    missed = call_next(open_kit.store, open_kit.clock, authority, clerk)
    assert call_next(open_kit.store, open_kit.clock, authority, clerk).number == "A013"
    with open_kit.store.read() as view:
        assert view.visit(missed.visit_id).outcome is Outcome.MISSED


def test_a_missed_ticket_that_was_revived_waits_and_is_called_again(
    open_kit: Any, clerk: Clerk, queue: Any, ticket: Any
) -> None:
    authority = queue(ticket("A012"), ticket("A013"), ticket("A012", rev=4))
    open_kit.replica.replace({"ticket": [row_of(ticket("A012"))]}, 1)
    called = [call_next(open_kit.store, open_kit.clock, authority, clerk).number for _ in range(2)]
    with open_kit.store.read() as view:
        assert [each.number for each in view.waiting(["A"], 10)] == ["A012"]
    called.append(call_next(open_kit.store, open_kit.clock, authority, clerk).number)
    assert called == ["A012", "A013", "A012"]


def test_a_called_citizen_arrives_once(serving_kit: Any, clerk: Clerk) -> None:
    assert kinds(serving_kit)[-1] == "ticket.served"
    with pytest.raises(IllegalTransition):
        arrive(serving_kit.store, serving_kit.clock, clerk)


@pytest.mark.parametrize("typed", ["A023", " a023 ", "Ａ０２３", "ａ023", "A⁰²³"])
def test_a_presented_number_is_taken_as_it_is_typed(open_kit: Any, clerk: Clerk, typed: str) -> None:
    visit = present_ticket(open_kit.store, open_kit.clock, typed, clerk)
    assert (visit.number, visit.business, visit.ticket_id) == ("A023", "A", None)
    operation = open_kit.operations()[-1]
    assert (operation.kind, operation.entity_id) == ("ticket.presented", "A023")
    assert operation.payload == {"number": "A023", "window": "A01", "ticket_id": None}


@pytest.mark.parametrize("typed", ["", "A", "A12", "I001", "O001", "Q001", "A00012", "A 01", "A012" * 500, "甲001"])
def test_what_is_no_ticket_number_is_refused(open_kit: Any, clerk: Clerk, typed: str) -> None:
    assert refusal(present_ticket, open_kit.store, open_kit.clock, typed, clerk) is ActRefusal.MALFORMED_NUMBER


@pytest.mark.parametrize("state", [TicketState.DONE, TicketState.VOID, TicketState.SERVING, TicketState.CALLED])
def test_a_ticket_that_is_ended_or_elsewhere_is_refused(open_kit: Any, clerk: Clerk, ticket: Any, state: Any) -> None:
    open_kit.replica.replace({"ticket": [row_of(ticket("A023", state, window="A02"))]}, 1)
    assert refusal(present_ticket, open_kit.store, open_kit.clock, "A023", clerk) is ActRefusal.TICKET_ENDED


def test_a_ticket_the_authority_already_called_here_is_served(open_kit: Any, clerk: Clerk, ticket: Any) -> None:
    open_kit.replica.replace({"ticket": [row_of(ticket("A023", TicketState.CALLED, window="A01"))]}, 1)
    assert present_ticket(open_kit.store, open_kit.clock, "A023", clerk).ticket_id == "ticket-A023"


def test_presenting_the_called_number_is_an_arrival(open_kit: Any, clerk: Clerk, queue: Any, ticket: Any) -> None:
    called = call_next(open_kit.store, open_kit.clock, queue(ticket("A012")), clerk)
    served = present_ticket(open_kit.store, open_kit.clock, "a012", clerk)
    assert (served.visit_id, served.state) == (called.visit_id, VisitState.SERVING)
    assert kinds(open_kit)[-2:] == ["ticket.called", "ticket.served"]


def test_a_called_ticket_leaves_the_waiting_list_before_the_feed_says_so(
    open_kit: Any, clerk: Clerk, queue: Any, ticket: Any
) -> None:
    open_kit.replica.replace({"ticket": [row_of(ticket("A012")), row_of(ticket("A013"))]}, 1)
    call_next(open_kit.store, open_kit.clock, queue(ticket("A012")), clerk)
    with open_kit.store.read() as view:
        assert [each.number for each in view.waiting(["A"], 10)] == ["A013"]


def test_those_with_a_priority_wait_in_front(open_kit: Any, ticket: Any) -> None:
    rows = [row_of(ticket("A012")), row_of(ticket("A013", priority="elderly", issued_ms=open_kit.clock.now_ms()))]
    open_kit.replica.replace({"ticket": rows}, 1)
    with open_kit.store.read() as view:
        assert [each.number for each in view.waiting(["A"], 10)] == ["A013", "A012"]


def test_a_visit_without_an_outcome_does_not_end(serving_kit: Any, clerk: Clerk) -> None:
    with pytest.raises(IllegalTransition):
        finish_visit(serving_kit.store, serving_kit.clock, clerk)


def test_without_a_citizen_there_is_nothing_to_finish(open_kit: Any, clerk: Clerk) -> None:
    assert refusal(finish_visit, open_kit.store, open_kit.clock, clerk) is ActRefusal.NO_VISIT
