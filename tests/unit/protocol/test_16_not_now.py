"""Section 16: not now."""

import asyncio
from pathlib import Path
from typing import Any

import httpx2
import pytest
from answers import HALL, acked

from app.domain import disk_room
from app.domain.disk_room import Room, room_of
from app.domain.link import Link
from sync.client.backoff import LONGEST_MS, MOST_ASKED_MS
from sync.client.http import HttpCentralServer
from sync.client.requests import PullPage, PushOperations, Reconnect, TakeSnapshot, Wait
from sync.client.retry_after import retry_after
from sync.client.session import Session
from sync.protocol.interface import NotOurServer, Refused, Unreachable
from sync.protocol.messages import IssueTicket, Named
from sync.server.http.gate import Gate
from sync.server.storage.disk import DiskWatch

NOON = "Mon, 23 Nov 2026 12:00:00 GMT"


def test_too_many_that_wait_are_sent_away_before_they_are_read(lone_hall: Any) -> None:
    """16.1 Too many that wait are sent away before they are read."""
    gate = Gate(DiskWatch(None, lone_hall.clock), most=1)
    scope: Any = {"type": "http", "method": "POST", "path": "/v1/sync/push"}

    async def nothing(*_: Any) -> Any:
        return {"type": "http.request"}

    async def answers(_scope: Any, _receive: Any, send: Any) -> None:
        with pytest.raises(Refused, match="overloaded") as refused:
            await gate.handle(scope, nothing, nothing, nothing)
        assert (refused.value.status, refused.value.retry_after_s) == (503, 2)
        await send({"type": "http.response.start"})
        await gate.handle(scope, nothing, nothing, nothing)  # a stream that goes on counts no more

    async def fails(*_: Any) -> None:
        raise ConnectionResetError

    async def all_of_it() -> None:
        await gate.handle(scope, nothing, nothing, answers)
        with pytest.raises(ConnectionResetError):
            await gate.handle(scope, nothing, nothing, fails)
        await gate.handle(scope, nothing, nothing, nothing)

    asyncio.run(all_of_it())


def test_a_full_disk_takes_nothing_in_and_says_when_to_come_back(
    lone_hall: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """16.2 A full disk takes nothing in, and reading goes on."""
    kiosk, look = lone_hall.server("kiosk"), DiskWatch.room
    watch = DiskWatch(tmp_path, lone_hall.clock)
    monkeypatch.setattr(DiskWatch, "room", lambda _: look(watch))
    with monkeypatch.context() as full:
        full.setattr(disk_room, "NO_CASES", 0.0)
        with pytest.raises(Refused, match="server_full") as refused:
            kiosk.issue_ticket(HALL, IssueTicket(business="A"), "k")
        assert (refused.value.status, refused.value.retry_after_s) == (503, 60.0)
        assert kiosk.hall_state(HALL).businesses
        assert lone_hall.server("A01").snapshot(HALL, Named(case=["case-1"])).tables["catalogue"]
    lone_hall.clock.now += 60_000
    assert kiosk.issue_ticket(HALL, IssueTicket(business="A"), "k").number == "A001"


@pytest.mark.parametrize(("said_s", "least"), [(30.0, 30_000), (1e9, MOST_ASKED_MS), (-5.0, 0)])
def test_a_counter_waits_at_least_so_long_and_not_all_at_once(
    session: Session, append: Any, said_s: float, least: int
) -> None:
    """16.3 A counter waits at least so long, with full jitter on top."""
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
    """16.4 It is read in both spellings."""
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
    """16.4 A proxy before the server may say it too."""
    answer = httpx2.Response(status, content=content, headers={"Retry-After": "9"})
    server = HttpCentralServer("http://hall", "t", manual_clock, httpx2.MockTransport(lambda _: answer))
    with pytest.raises(raised) as why:
        server.pull("9901", 0, 1)
    server.close()
    assert type(why.value) is raised
    assert why.value.retry_after_s == 9.0  # type: ignore[attr-defined]


def test_a_lost_server_is_asked_again_after_ever_longer_pauses(session: Any, kit: Any) -> None:
    """16.5 A lost server is asked again after ever longer pauses."""
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
    assert 5_000 < max(pauses) <= 10_000
    assert max(pauses) > 8_000
    assert len(set(pauses)) > 6


def test_the_chip_says_since_when_the_server_is_gone_and_forgets_it_on_its_return(
    session: Any, kit: Any, append: Any
) -> None:
    """16.5 The chip says since when it is gone."""
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


def test_a_full_server_is_told_and_the_push_goes_on_when_it_may(session: Session, kit: Any, append: Any) -> None:
    """16.6 A full server is told, and the push goes on when it may."""
    append()
    session.refused(session.next(), Refused("server_full", 503, retry_after_s=60))
    assert (session.trouble, isinstance(session.next(), Wait)) == ("server_full", True)
    kit.clock.advance(62_000)
    assert session.next() == Reconnect(), "the outbox did not move for a minute"
    session.answered(session.next(), acked(1, server_time=kit.clock.now_ms()))
    assert isinstance(session.next(), PullPage)
    assert session.trouble is None


def test_a_counters_own_disk_takes_less_the_fuller_it_is() -> None:
    """16.7 From 80, 90 and 97 % on; what each stops is in tests/unit/usecases and tests/ui/test_disk_keys.py."""
    shares = (0.799, 0.80, 0.899, 0.90, 0.969, 0.97, 1.0)
    assert [room_of(used).name for used in shares] == [
        "PLENTY",
        *["LITTLE"] * 2,
        *["NO_SCANS"] * 2,
        *["NO_CASES"] * 2,
    ]


def test_what_is_recorded_is_pushed_at_any_share(session: Session, append: Any) -> None:
    """16.7 Nothing of the dialogue asks the disk."""
    append()
    assert room_of(1.0) is Room.NO_CASES
    assert isinstance(session.next(), PushOperations)
