"""Section 7: pull."""

from datetime import date, timedelta
from typing import Any

import pytest
from answers import HALL, acked, page, snapshot, ticket_event

from sync.client.requests import PullPage, PushOperations, TakeSnapshot, Wait
from sync.client.session import HINTED_POLL_MS, POLL_MS
from sync.protocol.interface import Refused
from sync.server.service import prune
from sync.server.service.rounds import PRUNE_MS, Rounds
from sync.server.storage import feed


def test_the_feed_has_no_gap_and_pages_join(hall: Any) -> None:
    """7.1 Events are numbered without a gap, and pages join."""
    for _ in range(5):
        hall.issue()
    server = hall.server("A01")
    seen, cursor = [], 0
    while True:
        page = server.pull(HALL, cursor, 2)
        seen += [event.seq for event in page.events]
        if page.next == cursor:
            break
        cursor = page.next
    assert seen == list(range(1, page.head + 1))


@pytest.mark.parametrize(("cursor", "limit"), [(-1, 10), (0, 0), (0, 501)])
def test_an_impossible_page_is_malformed(lone_hall: Any, cursor: int, limit: int) -> None:
    """7.2 A page holds 1 to 500 events."""
    with pytest.raises(Refused, match="malformed"):
        lone_hall.server("A01").pull(HALL, cursor, limit)


def test_a_cursor_below_the_floor_or_above_the_head_is_gone(hall: Any) -> None:
    """7.3 A cursor below the floor or above the head is gone."""
    for _ in range(3):
        hall.issue()
    hall.storage.write(lambda connection: feed.trim(connection, HALL, 2))
    server = hall.server("A01")
    for cursor in (1, 99):
        with pytest.raises(Refused, match="cursor_gone") as refused:
            server.pull(HALL, cursor, 10)
        assert refused.value.status == 410
    assert [event.seq for event in server.pull(HALL, 2, 10).events] == [3, 4]


def test_the_feed_forgets_by_age_and_by_number_while_the_server_serves(
    hall: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """7.4 The feed forgets by age and by number, every hour."""
    rounds, server = Rounds(hall.service.context), hall.server("A01")
    hall.issue()
    rounds.run()
    first = server.pull(HALL, 0, 500).head
    hall.clock.now += (prune.FEED_DAYS + 1) * 86_400_000
    hall.issue()
    hall.issue()
    rounds.run()
    with pytest.raises(Refused, match="cursor_gone"):
        server.pull(HALL, first - 1, 500)
    assert server.pull(HALL, first, 500).floor == first
    monkeypatch.setattr(prune, "FEED_EVENTS", 1)
    rounds.run()
    assert server.pull(HALL, first, 500).floor == first, "once an hour is enough"
    hall.clock.now += PRUNE_MS
    rounds.run()
    snapshot = server.snapshot(HALL)
    page = server.pull(HALL, snapshot.cursor, 500)
    assert (page.head - page.floor) <= 2
    assert page.floor > first


def test_the_days_the_feed_is_measured_by_are_forgotten_with_it(hall: Any) -> None:
    """7.4 What its age is measured by is forgotten with it."""
    rounds = Rounds(hall.service.context)
    start = date.fromisoformat(hall.service.context.today())
    for _ in range(3):
        hall.issue()
        rounds.run()
        hall.clock.now += 30 * 86_400_000
    rounds.run()
    assert date.fromisoformat(hall.service.context.today()) - start == timedelta(days=90)
    assert hall.server("A01").pull(HALL, hall.server("A01").snapshot(HALL).cursor, 1).floor > 0


def test_a_page_is_applied_once_and_a_duplicate_is_discarded(session: Any, kit: Any, ticket: Any) -> None:
    """7.5 A page that comes twice is discarded."""
    kit.clock.advance(POLL_MS)
    request = session.next()
    answer = page(1, [ticket_event(2, ticket("A001"))])
    session.answered(request, answer)
    session.answered(request, answer)
    assert kit.replica.cursor() == 2
    assert session.next() == PullPage("9901", 2)


def test_a_page_with_a_hole_is_discarded_and_after_three_everything_is_taken_anew(
    session: Any, kit: Any, ticket: Any
) -> None:
    """7.6 After three pages that did not fit everything is taken anew."""
    kit.clock.advance(POLL_MS)
    for _ in range(3):
        request = session.next()
        assert request == PullPage("9901", 1)
        session.answered(request, page(1, [ticket_event(3, ticket("A001"))]))
        assert kit.replica.cursor() == 1
    assert session.next() == TakeSnapshot("9901")


def test_a_quiet_counter_polls_every_two_seconds(session: Any, kit: Any) -> None:
    """7.7 It pulls every two seconds."""
    assert session.next() == Wait(POLL_MS)
    kit.clock.advance(POLL_MS)
    assert session.next() == PullPage("9901", 1)


def test_with_hints_it_polls_seldom_and_pulls_at_once_when_told(session: Any, kit: Any) -> None:
    """7.7 While hints arrive it polls seldom and pulls when told."""
    session.hinted = True
    kit.clock.advance(POLL_MS)
    session.answered(session.next(), page())
    assert session.next() == Wait(HINTED_POLL_MS)
    session.hint()
    assert session.next() == PullPage("9901", 1)


def test_a_long_feed_is_read_page_after_page(session: Any, kit: Any, ticket: Any) -> None:
    """7.7 It pulls until it has the head."""
    kit.clock.advance(POLL_MS)
    session.answered(session.next(), page(1, [ticket_event(2, ticket("A001"))], head=9))
    assert session.next() == PullPage("9901", 2)


def test_below_the_floor_a_snapshot_is_taken_and_the_outbox_kept(session: Any, kit: Any, append: Any) -> None:
    """7.8 Told `cursor_gone` it takes a snapshot and keeps its outbox."""
    kit.clock.advance(POLL_MS)
    request = session.next()
    operations = append(2)
    session.refused(request, Refused("cursor_gone", 410))
    push = session.next()
    assert isinstance(push, PushOperations)
    session.unreachable(push)
    kit.clock.advance(60_000)
    session.answered(session.next(), acked(1))
    session.refused(session.next(), Refused("fork", 409))
    kit.clock.advance(2_000)
    assert session.next() == TakeSnapshot("9901")
    session.answered(TakeSnapshot("9901"), snapshot(cursor=50))
    assert (kit.replica.cursor(), kit.replica.pending(9)) == (50, operations[1:])
