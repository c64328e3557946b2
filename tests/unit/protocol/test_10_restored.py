"""Section 10: a server restored from a backup."""

from typing import Any

from answers import HALL, acked, gap, page, snapshot, ticket_event
from set_back import head_pull, refused, restore

from sync.client.requests import TakeSnapshot
from sync.client.session import POLL_MS
from sync.server.storage import waiting_operations


def test_no_cursor_of_before_goes_on_in_a_restored_feed(hall: Any) -> None:
    """10.1 No cursor of before goes on."""
    hall.issue()
    counter = hall.counter("A01")
    before = counter.server.pull(HALL, 0, 100)
    name = restore(hall)
    for cursor in range(before.head + 2):
        assert refused(lambda cursor=cursor: counter.server.pull(HALL, cursor, 100)) == "cursor_gone"
    taken = counter.server.snapshot(HALL)
    assert taken.server_incarnation == name != before.server_incarnation
    assert [row["number"] for row in taken.tables["ticket"]] == ["A001"]
    again = restore(hall)
    assert again != name
    assert refused(lambda: counter.server.pull(HALL, taken.cursor - 1, 100)) == "cursor_gone"


def test_a_restored_server_is_offered_the_newest_and_then_all_it_lost(session: Any, kit: Any, append: Any) -> None:
    """10.2 The counter offers its newest operation, then all that was lost."""
    append(5)
    session.answered(session.next(), acked(5))
    session.answered(session.next(), page(1, incarnation="server-2"))
    probe = session.next()
    assert (probe.message.first_seq, len(probe.message.ops)) == (5, 1)
    session.refused(probe, gap(3))
    again = session.next()
    assert (again.message.first_seq, len(again.message.ops)) == (3, 3)
    session.answered(again, acked(5, incarnation="server-2"))
    assert session.next() == TakeSnapshot("9901")
    session.answered(TakeSnapshot("9901"), snapshot(cursor=2, incarnation="server-2"))
    assert kit.replica.cursor() == 2


def test_a_page_of_another_server_life_is_not_applied(session: Any, kit: Any, ticket: Any) -> None:
    """10.2 Nothing of another life is applied."""
    kit.clock.advance(POLL_MS)
    session.answered(session.next(), page(1, [ticket_event(2, ticket("A001"))], incarnation="server-2"))
    assert kit.replica.cursor() == 1


def test_what_builds_on_another_counters_word_waits_for_it(hall: Any) -> None:
    """10.3 What does not fit yet is held and tried again."""
    giver, taker = hall.counter("A01"), hall.counter("A02")
    restore(hall)
    told = {"number": "A005", "to_window": "A02", "window": "A01"}
    given = [
        giver.presented("A005", "ticket-5"),
        giver.operation("ticket.transferred", "ticket", "ticket-5", told),
    ]
    taken = [
        taker.operation("ticket.taken", "ticket", "ticket-5", {"number": "A005", "window": "A02"}),
        taker.operation("ticket.served", "ticket", "ticket-5", {"number": "A005", "window": "A02"}),
    ]
    results = taker.push(*taken).results
    assert [each.status for each in results] == ["postponed", "postponed"]
    assert [each.status for each in taker.push(*taken).results] == ["postponed", "postponed"]
    assert [each.status for each in giver.push(*given).results] == ["applied", "applied"]
    row = next(row for row in giver.server.snapshot(HALL).tables["ticket"] if row["number"] == "A005")
    assert (row["state"], row["window"]) == ("serving", "A02")
    assert [each.status for each in taker.push(*taken).results] == ["duplicate", "duplicate"]


def test_what_never_fits_becomes_a_persons_task_when_all_have_told(hall: Any) -> None:
    """10.4 What never fits becomes a person's task."""
    counter = hall.counter("A01")
    restore(hall)
    served = counter.operation("ticket.served", "ticket", "ticket-9", {"number": "A009", "window": "A01"})
    assert counter.push(served).results[0].status == "postponed"
    assert counter.server.snapshot(HALL).tables["card"] == []
    head_pull(counter)
    assert counter.push(served).results[0].status == "conflict"
    assert [row["rule"] for row in counter.server.snapshot(HALL).tables["card"]] == ["parked"]
    assert not hall.storage.read(lambda connection: waiting_operations.of_status(connection, HALL, "postponed"))


def test_nobody_is_called_before_every_counter_has_told_what_it_called(hall: Any) -> None:
    """10.5 Until all have told, calls are `recovering`."""
    first, second = hall.counter("A01"), hall.counter("A02")
    hall.issue()
    restore(hall)
    assert refused(lambda: hall.call("A01")) == "recovering"
    head_pull(first)
    assert refused(lambda: hall.call("A01")) == "recovering"
    head_pull(second)
    assert hall.call("A01").number == "A001"
