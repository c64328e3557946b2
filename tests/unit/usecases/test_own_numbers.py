"""Numbers of the window's own series for people who wait while it is cut off (sync.md section 2, rule 7)."""

from dataclasses import asdict, replace
from datetime import date
from typing import Any

import pytest

from app.domain.clerk import Clerk
from app.domain.rights import Role
from app.domain.scan import TicketCode, read_scan
from app.domain.ticket import Ticket, TicketState
from app.domain.visit import Admission
from app.storage.signer import Ed25519Signer
from app.storage.store import CounterStore
from app.usecases.acting import ActRefusal, ActRefused
from app.usecases.arrive import arrive
from app.usecases.call_next import call_next
from app.usecases.call_reserved import call_reserved
from app.usecases.issue_number import issue_number
from app.usecases.open_day import open_day
from app.usecases.present_ticket import present_ticket
from app.usecases.release_block import release_block
from app.usecases.reserved import block_left
from app.usecases.walk_in import walk_in


@pytest.fixture
def give(open_kit: Any, clerk: Clerk, templates: Any) -> Any:
    def one() -> Ticket:
        return issue_number(open_kit.store, open_kit.clock, templates, clerk)

    return one


def left(kit: Any) -> list[str]:
    with kit.store.read() as view:
        return [each.number for each in block_left(view, "A01")]


def test_a_number_is_given_out_with_its_paper_and_waits_for_this_window(open_kit: Any, give: Any) -> None:
    ticket = give()
    operation = open_kit.operations()[-1]
    assert (operation.kind, operation.entity_id) == ("ticket.issued", ticket.ticket_id)
    assert operation.payload == {
        "number": "W03-001",
        "window": "A01",
        "business": "A",
        "business_date": "2026-11-23",
        "issued_ms": open_kit.clock.now_ms(),
    }
    job = open_kit.spool.next_queued()
    assert job.slip == "SL-01"
    assert "W03-001" in str(job.document)
    assert "过号请到A01窗口报号" in str(job.document)
    code = read_scan("ZW1N:9901-20261123-W03-001", date(2026, 11, 23))
    assert code == TicketCode("W03-001", "9901", date(2026, 11, 23))
    assert code.text in str(job.document)
    assert left(open_kit) == ["W03-001"]


def test_they_are_called_in_the_order_they_were_given_behind_the_block(
    open_kit: Any, clerk: Clerk, give: Any, ticket: Any
) -> None:
    given = [give().number for _ in range(2)]
    open_kit.hear(ticket("A012", TicketState.RESERVED, window="A01", epoch=1, rev=2))
    called = []
    for _ in range(3):
        visit = call_reserved(open_kit.store, open_kit.clock, clerk)
        assert visit is not None
        assert visit.admission is Admission.CALLED
        called.append((visit.number, open_kit.operations()[-1].payload["epoch"]))
    assert called == [("A012", 1), (given[0], None), (given[1], None)]
    assert call_reserved(open_kit.store, open_kit.clock, clerk) is None


def test_a_number_is_never_given_twice_whoever_sits_down_without_one(open_kit: Any, clerk: Clerk, give: Any) -> None:
    given = [give().number]
    given.append(walk_in(open_kit.store, open_kit.clock, clerk).number)
    given.append(give().number)
    assert given == ["W03-001", "W03-002", "W03-003"]
    assert left(open_kit) == ["W03-001", "W03-003"], "a citizen at the desk is no reason not to give one out"


@pytest.mark.parametrize("typed", ["W03-001", "w03001", "Ｗ03-001"])
def test_who_shows_the_paper_here_is_served_and_not_called_again(
    open_kit: Any, clerk: Clerk, give: Any, typed: str
) -> None:
    ticket = give()
    visit = present_ticket(open_kit.store, open_kit.clock, typed, clerk)
    assert (visit.ticket_id, visit.business) == (ticket.ticket_id, "A")
    assert left(open_kit) == []


def test_another_windows_own_number_is_served_by_its_paper(open_kit: Any, clerk: Clerk, ticket: Any) -> None:
    assert present_ticket(open_kit.store, open_kit.clock, "W07-001", clerk).ticket_id is None
    operation = open_kit.operations()[-1]
    assert (operation.entity_id, operation.payload["ticket_id"]) == ("W07-001", None)


def test_what_the_feed_tells_of_a_number_holds(open_kit: Any, clerk: Clerk, give: Any) -> None:
    one, two, three = give(), give(), give()
    row = asdict(one) | {"epoch": 1, "rev": 1}
    open_kit.hear(
        Ticket(**row | {"state": TicketState.SERVING, "window": "A02", "rev": 2}),
        Ticket(**row | {"ticket_id": two.ticket_id, "number": two.number, "epoch": 2}),
    )
    assert left(open_kit) == [two.number, three.number], "the first shows their paper at another window"
    call_reserved(open_kit.store, open_kit.clock, clerk)
    assert open_kit.operations()[-1].payload["epoch"] == 2
    assert left(open_kit) == [three.number]


def test_online_the_authority_calls_them_and_each_is_recorded_once(
    open_kit: Any, clerk: Clerk, give: Any, queue: Any
) -> None:
    ticket = give()
    told = Ticket(**asdict(ticket) | {"state": TicketState.CALLED, "rev": 2, "epoch": 1})
    visit = call_next(open_kit.store, open_kit.clock, queue(told), clerk)
    assert visit is not None
    assert visit.number == ticket.number
    assert left(open_kit) == []
    arrive(open_kit.store, open_kit.clock, clerk)


def test_given_back_they_wait_for_every_window_by_themselves_they_stay(open_kit: Any, clerk: Clerk, give: Any) -> None:
    ticket = give()
    assert release_block(open_kit.store, clerk, own=True) == (), "the citizen expects this window"
    assert release_block(open_kit.store, clerk) == (ticket,)
    operation = open_kit.operations()[-1]
    assert (operation.kind, operation.payload["epoch"]) == ("ticket.released", None)
    assert left(open_kit) == []


def test_they_are_there_after_a_restart_and_gone_the_next_day(
    file_kit: Any, clerk: Clerk, templates: Any, manual_clock: Any
) -> None:
    open_day(file_kit.store, file_kit.clock, clerk)
    issue_number(file_kit.store, file_kit.clock, templates, clerk)
    file_kit.store = CounterStore(file_kit.database, file_kit.clock, Ed25519Signer(bytes(range(32))))
    assert left(file_kit) == ["W03-001"]
    manual_clock.now += 24 * 3_600_000
    open_day(file_kit.store, file_kit.clock, clerk)
    assert left(file_kit) == []


def test_no_number_before_the_day_is_open_and_none_by_who_may_not_serve(kit: Any, clerk: Clerk, templates: Any) -> None:
    with pytest.raises(ActRefused) as caught:
        issue_number(kit.store, kit.clock, templates, clerk)
    assert caught.value.reason is ActRefusal.DAY_NOT_OPEN
    with pytest.raises(ActRefused):
        issue_number(kit.store, kit.clock, templates, replace(clerk, roles=frozenset({Role.SUPERVISOR})))
