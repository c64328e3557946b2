"""A server that says "not now", a clock that is wrong, and a feed of a newer server: what a counter makes of each."""

from typing import Any

import httpx2
import pytest

from app.domain.clerk import Clerk
from app.domain.clock_skew import LIMIT_MS, measured, told_offset
from app.domain.link import Link
from app.domain.operation import OperationDraft, from_wire, operation_hash, to_wire
from sync.client.backoff import LONGEST_MS, MOST_ASKED_MS
from sync.client.http import HttpCentralServer
from sync.client.requests import PullPage, PushOperations, Reconnect, TakeSnapshot, Wait
from sync.client.retry_after import retry_after
from sync.client.session import POLL_MS, Session
from sync.protocol.interface import NotOurServer, Refused, Unreachable
from sync.protocol.messages import Event, Page, PushResult, Snapshot

NOON = "Mon, 23 Nov 2026 12:00:00 GMT"


@pytest.fixture
def session(kit: Any) -> Session:
    session = Session(kit.replica, kit.clock, "ab" * 32)
    session.answered(TakeSnapshot("9901"), Snapshot(cursor=1, server_incarnation="server-1", tables={}))
    session.answered(PullPage("9901", 1), page())
    return session


@pytest.fixture
def append(kit: Any, clerk: Clerk) -> Any:
    def one() -> Any:
        with kit.store.begin() as work:
            return work.append(OperationDraft("slip.reprinted", "case", "c", {}, clerk.at("A01")))

    return one


def page(*events: Event) -> Page:
    head = 1 + len(events)
    return Page(events=list(events), next=head, head=head, floor=0, server_incarnation="server-1")


def acked(seq: int, server_time: int) -> PushResult:
    return PushResult(acked_seq=seq, results=[], server_incarnation="server-1", server_time=server_time)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "7"}, 7.0),
        ({"Retry-After": "Mon, 23 Nov 2026 12:00:30 GMT", "Date": NOON}, 30.0),
        ({"Retry-After": NOON, "Date": "Mon, 23 Nov 2026 12:00:30 GMT"}, 0.0),
        ({"Retry-After": NOON}, None),
        ({"Retry-After": "-1"}, None),
        ({"Retry-After": "٣"}, None),
        ({}, None),
    ],
)
def test_when_to_come_back_is_read_in_both_spellings(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers) == seconds


@pytest.mark.parametrize(
    ("status", "content", "raised"),
    [
        (503, b'{"error": "overloaded", "message": "m"}', Refused),
        (429, b'{"error": "rate_limited", "message": "m"}', Refused),
        (503, b"<html>gone for a moment</html>", Unreachable),
        (502, b"<html>gone for a moment</html>", NotOurServer),
    ],
)
def test_server_and_proxy_may_both_say_how_long_to_wait(
    manual_clock: Any, status: int, content: bytes, raised: type[Exception]
) -> None:
    answer = httpx2.Response(status, content=content, headers={"Retry-After": "9"})
    server = HttpCentralServer("http://hall", "t", manual_clock, httpx2.MockTransport(lambda _: answer))
    with pytest.raises(raised) as why:
        server.pull("9901", 0, 1)
    server.close()
    assert type(why.value) is raised
    assert why.value.retry_after_s == 9.0  # type: ignore[attr-defined]


@pytest.mark.parametrize(("said_s", "least"), [(30.0, 30_000), (1e9, MOST_ASKED_MS), (-5.0, 0)])
def test_a_counter_waits_at_least_so_long_and_not_all_at_once(
    session: Session, append: Any, said_s: float, least: int
) -> None:
    append()
    waits = set()
    for _ in range(8):
        session.refused(TakeSnapshot("9901"), Refused("overloaded", 503, retry_after_s=said_s))
        wait = session.next()
        waits.add(wait.milliseconds if isinstance(wait, Wait) else 0)
    assert least <= min(waits)
    assert max(waits) <= least + LONGEST_MS
    assert len(waits) > 1
    assert session.status().link is Link.SYNCING


def test_a_full_server_is_told_and_the_push_goes_on_when_it_may(session: Session, kit: Any, append: Any) -> None:
    append()
    session.refused(session.next(), Refused("server_full", 503, retry_after_s=60))
    assert (session.trouble, isinstance(session.next(), Wait)) == ("server_full", True)
    kit.clock.advance(62_000)
    assert session.next() == Reconnect(), "the outbox did not move for a minute"
    session.answered(session.next(), acked(1, kit.clock.now_ms()))
    assert isinstance(session.next(), PullPage)
    assert session.trouble is None


def test_an_unreadable_feed_stops_no_push_and_stays_told(session: Session, kit: Any, append: Any) -> None:
    kit.clock.advance(POLL_MS)
    strange = Event(seq=2, entity="mood", entity_id="m", rev=1, data={"rev": 1})
    session.answered(session.next(), page(strange))
    for seq in (1, 2, 3):
        append()
        push = session.next()
        assert isinstance(push, PushOperations)
        session.answered(push, acked(seq, kit.clock.now_ms()))
        assert session.trouble == "unreadable"
    assert kit.replica.outbox()[1] == 0


def test_the_offset_is_measured_by_half_a_round_trip_and_borne_by_what_follows(
    session: Session, kit: Any, append: Any
) -> None:
    assert told_offset(append().extra) is None
    request = session.next()
    kit.clock.advance(400)
    session.answered(request, acked(1, kit.clock.now_ms() + 60_000))
    bearing = append()
    assert told_offset(bearing.extra) == 60_200
    assert operation_hash(from_wire(to_wire(bearing))) == operation_hash(bearing)
    assert kit.replica.pending(1)[0] == bearing
    assert session.trouble is None


@pytest.mark.parametrize("ahead", [LIMIT_MS + 2_000, -LIMIT_MS - 2_000])
def test_a_clock_that_is_wrong_is_told_until_it_is_right(session: Session, kit: Any, append: Any, ahead: int) -> None:
    append()
    session.answered(session.next(), acked(1, kit.clock.now_ms() + ahead))
    assert (session.trouble, session.status().link) == ("clock_wrong", Link.ATTENTION)
    append()
    session.answered(session.next(), acked(2, kit.clock.now_ms()))
    assert session.trouble is None


@pytest.mark.parametrize("round_trip_ms", [-1, 10_001])
def test_an_answer_that_took_too_long_measures_nothing(round_trip_ms: int) -> None:
    assert measured(5, 3, round_trip_ms) is None
