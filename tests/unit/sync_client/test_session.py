"""The dialogue of a counter with its server, read like a protocol; no socket, no thread, no waiting."""

from typing import Any

import pytest

from app.domain.clerk import Clerk
from app.domain.link import Link
from app.domain.operation import OperationDraft
from sync.client.requests import (
    CompareDigest,
    PullPage,
    PushOperations,
    Reconnect,
    Register,
    TakeSnapshot,
    Wait,
)
from sync.client.session import DIGEST_MS, HINTED_POLL_MS, POLL_MS, Session
from sync.client.watchdog import STALLED_MS
from sync.protocol.interface import Refused
from sync.protocol.messages import (
    MAX_OPERATIONS,
    MAX_PUSH_BYTES,
    Digest,
    Event,
    OperationResult,
    Page,
    PushResult,
    Registration,
    Snapshot,
    TableDigest,
)

NINE = 1_795_395_600_000
"""When the kit's clock begins, UTC milliseconds."""


@pytest.fixture
def session(kit: Any) -> Any:
    """A session that has its snapshot and knows nothing new."""
    session = Session(kit.replica, kit.clock, "ab" * 32)
    session.answered(TakeSnapshot("9901"), snapshot())
    session.answered(PullPage("9901", 1), page())
    return session


@pytest.fixture
def append(kit: Any, clerk: Clerk) -> Any:
    def some(count: int = 1, **payload: Any) -> Any:
        draft = OperationDraft("slip.reprinted", "case", "c", payload, clerk.at("A01"))
        with kit.store.begin() as work:
            return [work.append(draft) for _ in range(count)]

    return some


def snapshot(cursor: int = 1, incarnation: Any = "server-1", **tables: Any) -> Any:
    return Snapshot(cursor=cursor, server_incarnation=incarnation, tables=tables)


def page(after: Any = 1, events: Any = (), head: Any = None, incarnation: Any = "server-1") -> Any:
    end = after + len(events)
    return Page(
        events=list(events), next=end, head=end if head is None else head, floor=0, server_incarnation=incarnation
    )


def ticket_event(seq: Any, ticket: Any) -> Any:
    data = {name: getattr(ticket, name) for name in type(ticket).__dataclass_fields__}
    return Event(seq=seq, entity="ticket", entity_id=ticket.ticket_id, rev=ticket.rev, data=data)


def acked(seq: Any, *results: Any, incarnation: Any = "server-1") -> Any:
    return PushResult(acked_seq=seq, results=list(results), server_incarnation=incarnation, server_time=NINE)


def gap(expected: Any) -> Any:
    return Refused("gap", 409, expected_seq=expected)


def test_a_new_counter_registers_takes_a_snapshot_and_pulls(bare_kit: Any) -> None:
    session = Session(bare_kit.replica, bare_kit.clock, "ab" * 32)
    first = session.next()
    assert isinstance(first, Register)
    assert first.message.incarnation == bare_kit.replica.incarnation()
    given = Registration(
        device="d", counter="0007", centre="9901", hall="9901", window="A03", server_incarnation="server-1"
    )
    session.answered(first, given)
    assert bare_kit.replica.counter().counter == "0007"
    second = session.next()
    assert second == TakeSnapshot("9901")
    session.answered(second, snapshot(cursor=12))
    assert session.next() == PullPage("9901", 12)


def test_a_quiet_counter_polls_every_two_seconds(session: Any, kit: Any) -> None:
    assert session.next() == Wait(POLL_MS)
    kit.clock.advance(POLL_MS)
    assert session.next() == PullPage("9901", 1)


def test_with_hints_it_polls_seldom_and_pulls_at_once_when_told(session: Any, kit: Any) -> None:
    session.hinted = True
    kit.clock.advance(POLL_MS)
    session.answered(session.next(), page())
    assert session.next() == Wait(HINTED_POLL_MS)
    session.hint()
    assert session.next() == PullPage("9901", 1)


def test_operations_go_first_and_one_push_at_a_time(session: Any, append: Any) -> None:
    operations = append(2)
    request = session.next()
    assert isinstance(request, PushOperations)
    assert request.message.first_seq == 1
    assert [each["op_id"] for each in request.message.ops] == [each.op_id for each in operations]
    assert session.next() == request
    session.answered(request, acked(2))
    assert session.next() == PullPage("9901", 1)


def test_a_push_is_bounded_in_number(session: Any, append: Any) -> None:
    append(MAX_OPERATIONS + 1)
    assert len(session.next().message.ops) == MAX_OPERATIONS


def test_a_push_is_bounded_in_bytes(session: Any, append: Any) -> None:
    append(5, text="x" * (MAX_PUSH_BYTES // 4))
    assert len(session.next().message.ops) == 3


def test_a_server_that_wants_less_gets_half(session: Any, append: Any) -> None:
    append(300)
    for expected in (200, 100, 50):
        request = session.next()
        assert len(request.message.ops) == expected
        session.refused(request, Refused("too_large", 413))
    session.answered(session.next(), acked(25))
    assert len(session.next().message.ops) == MAX_OPERATIONS


def test_a_gap_is_filled_from_where_the_server_says(session: Any, kit: Any, append: Any) -> None:
    append(5)
    session.answered(session.next(), acked(5))
    append(1)
    session.refused(session.next(), gap(3))
    again = session.next()
    assert (again.message.first_seq, len(again.message.ops)) == (3, 4)
    assert session.status().link is not Link.ATTENTION


def test_a_gap_that_cannot_be_filled_asks_for_a_person(session: Any, kit: Any, append: Any) -> None:
    append(2)
    session.answered(session.next(), acked(2))
    kit.clock.advance(31 * 86_400_000)
    append(1)
    session.answered(session.next(), acked(3))
    append(1)
    session.refused(session.next(), gap(1))
    assert session.status().link is Link.ATTENTION
    assert session.trouble == "gap"
    assert not isinstance(session.next(), PushOperations)


def test_parked_operations_show_and_let_the_others_pass(session: Any, append: Any) -> None:
    append(2)
    parked = OperationResult(seq=1, status="conflict", reason="taken_elsewhere")
    session.answered(session.next(), acked(2, parked, OperationResult(seq=2, status="applied")))
    status = session.status()
    assert (status.link, status.pending, status.conflicts) == (Link.ATTENTION, 0, 1)


def test_a_fork_stops_the_push_but_not_the_feed(session: Any, kit: Any, append: Any) -> None:
    append(1)
    session.refused(session.next(), Refused("fork", 409))
    assert session.trouble == "fork"
    kit.clock.advance(60_000)
    assert isinstance(session.next(), PullPage | Reconnect)


def test_a_page_is_applied_once_and_a_duplicate_is_discarded(session: Any, kit: Any, ticket: Any) -> None:
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
    kit.clock.advance(POLL_MS)
    for _ in range(3):
        request = session.next()
        assert request == PullPage("9901", 1)
        session.answered(request, page(1, [ticket_event(3, ticket("A001"))]))
        assert kit.replica.cursor() == 1
    assert session.next() == TakeSnapshot("9901")


def test_a_long_feed_is_read_page_after_page(session: Any, kit: Any, ticket: Any) -> None:
    kit.clock.advance(POLL_MS)
    session.answered(session.next(), page(1, [ticket_event(2, ticket("A001"))], head=9))
    assert session.next() == PullPage("9901", 2)


def test_below_the_floor_a_snapshot_is_taken_and_the_outbox_kept(session: Any, kit: Any, append: Any) -> None:
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


def test_a_digest_that_agrees_changes_nothing(session: Any, kit: Any) -> None:
    kit.clock.advance(DIGEST_MS)
    session.answered(session.next(), page())
    request = session.next()
    assert request == CompareDigest("9901")
    session.answered(request, digest_of(kit))
    assert isinstance(session.next(), Wait)


def test_a_digest_that_differs_takes_everything_anew(session: Any, kit: Any) -> None:
    kit.clock.advance(DIGEST_MS)
    session.answered(session.next(), page())
    session.answered(session.next(), digest_of(kit, ticket=TableDigest(count=1, hash="0" * 64)))
    assert session.next() == TakeSnapshot("9901")


def test_a_digest_of_another_moment_says_nothing(session: Any, kit: Any) -> None:
    kit.clock.advance(DIGEST_MS)
    session.answered(session.next(), page())
    session.answered(session.next(), digest_of(kit, cursor=99, ticket=TableDigest(count=1, hash="0" * 64)))
    assert isinstance(session.next(), Wait)


def digest_of(kit: Any, cursor: int | None = None, **other: Any) -> Any:
    present, tables = kit.replica.digest()
    plain = {name: TableDigest(count=count, hash=value) for name, (count, value) in tables.items()}
    return Digest(cursor=present if cursor is None else cursor, tables={**plain, **other})


def test_a_restored_server_is_offered_the_newest_and_then_all_it_lost(session: Any, kit: Any, append: Any) -> None:
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
    kit.clock.advance(POLL_MS)
    session.answered(session.next(), page(1, [ticket_event(2, ticket("A001"))], incarnation="server-2"))
    assert kit.replica.cursor() == 1


def test_a_lost_server_is_asked_again_after_ever_longer_pauses(session: Any, kit: Any) -> None:
    pauses = []
    for _ in range(12):
        request = session.next()
        while isinstance(request, Wait):
            kit.clock.advance(request.milliseconds)
            request = session.next()
        session.unreachable(request)
        following = session.next()
        pauses.append(following.milliseconds if isinstance(following, Wait) else 0)
    assert max(pauses[:2]) <= 2_000
    assert 10_000 < max(pauses) <= 20_000
    assert max(pauses) > 8_000
    assert len(set(pauses)) > 6


def test_the_chip_says_since_when_the_server_is_gone_and_forgets_it_on_its_return(
    session: Any, kit: Any, append: Any
) -> None:
    assert session.status().link is Link.SYNCED
    append(2)
    assert (session.status().link, session.status().pending) == (Link.SYNCING, 2)
    request = session.next()
    lost = kit.clock.now_ms()
    session.unreachable(request)
    kit.clock.advance(60_000)
    status = session.status()
    assert (status.link, status.pending, status.since_ms) == (Link.OFFLINE, 2, lost)
    session.answered(session.next(), acked(2))
    assert session.status().since_ms is None


def test_an_outbox_that_does_not_move_for_a_minute_builds_the_connection_anew_and_tells(
    session: Any, kit: Any, append: Any
) -> None:
    append(1)
    session.refused(session.next(), Refused("internal", 500))
    kit.clock.advance(STALLED_MS - 1)
    assert isinstance(session.next(), PushOperations)
    assert session.status().link is Link.SYNCING
    kit.clock.advance(1)
    assert session.next() == Reconnect()
    assert session.trouble == "outbox_stalled"
    session.answered(Reconnect(), None)
    session.answered(session.next(), acked(1))
    session.next()
    assert session.trouble is None


def test_a_feed_this_version_cannot_read_asks_for_a_person(session: Any, kit: Any, ticket: Any) -> None:
    kit.clock.advance(POLL_MS)
    event = ticket_event(2, ticket("A001"))
    strange = Event(seq=2, entity="ticket", entity_id="t", rev=1, data={**event.data, "colour": "red"})
    session.answered(session.next(), page(1, [strange]))
    assert (session.trouble, session.status().link) == ("unreadable", Link.ATTENTION)
    assert kit.replica.cursor() == 1


def test_an_answer_to_another_question_is_a_bug(session: Any) -> None:
    with pytest.raises(TypeError):
        session.answered(PullPage("9901", 1), acked(1))


def test_what_cannot_be_read_is_asked_for_ever_more_seldom(session: Any, kit: Any, ticket: Any) -> None:
    event = ticket_event(2, ticket("A001"))
    strange = Event(seq=2, entity="ticket", entity_id="t", rev=1, data={**event.data, "colour": "red"})
    pauses = []
    for _ in range(8):
        while not isinstance(session.next(), PullPage):
            kit.clock.advance(session.next().milliseconds)
        session.answered(session.next(), page(1, [strange]))
        pauses.append(session.next().milliseconds)
    assert max(pauses) > 10_000
