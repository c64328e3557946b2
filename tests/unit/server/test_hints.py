"""The streams of hints: all listeners of a hall hear at once, whenever they came, and end with the server."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Collection, Coroutine
from contextlib import suppress
from typing import Any

import pytest

from sync.server.http import hints as module
from sync.server.http.hints import Hints

HALL, OTHER = "9901", "9902"
A_WHILE_S = 60


class Heads:
    """What the feed holds and what was asked for; unset, ``slow`` holds readers up; so many of them are ``broken``."""

    def __init__(self) -> None:
        self.of = {HALL: 1, OTHER: 7}
        self.asked: list[set[str]] = []
        self.slow = threading.Event()
        self.slow.set()
        self.broken = 0

    def read(self, halls: Collection[str]) -> dict[str, int]:
        self.slow.wait(A_WHILE_S)
        self.asked.append(set(halls))
        if self.broken:
            self.broken -= 1
            raise OSError
        return {hall: self.of[hall] for hall in halls}


@pytest.fixture
def heads(monkeypatch: pytest.MonkeyPatch) -> Heads:
    monkeypatch.setattr(module, "POLL_S", 3600.0)
    return Heads()


def play(scene: Callable[[Hints], Coroutine[Any, Any, None]]) -> None:
    """Run the scene; then the server ends, whatever the scene left open."""

    async def run() -> None:
        hints = Hints()
        async with asyncio.timeout(A_WHILE_S):
            await scene(hints)
            await hints.close()

    asyncio.run(run())


async def heard(*streams: AsyncIterator[bytes]) -> list[bytes]:
    return list(await asyncio.gather(*(anext(stream) for stream in streams)))


def said(head: int, hall: str = HALL) -> bytes:
    return b'data: {"hall":"%s","head":%d}\n\n' % (hall.encode(), head)


def test_all_who_open_while_the_head_is_read_for_the_first_of_them_hear_of_the_next_change(heads: Heads) -> None:
    async def scene(hints: Hints) -> None:
        heads.slow.clear()
        streams = [hints.stream(HALL, heads.read) for _ in range(5)]
        firsts = asyncio.ensure_future(heard(*streams))
        await asyncio.sleep(0)
        heads.slow.set()
        assert await firsts == [said(1)] * 5
        heads.of[HALL] = 2
        hints.changed(HALL)
        assert await heard(*streams) == [said(2)] * 5

    play(scene)
    assert heads.asked == [{HALL}] * 2, "read once for all of them"


def test_a_hall_that_moved_is_read_alone_and_others_are_not_told(heads: Heads) -> None:
    async def scene(hints: Hints) -> None:
        here, there = hints.stream(HALL, heads.read), hints.stream(OTHER, heads.read)
        assert await heard(here, there) == [said(1), said(7, OTHER)]
        heads.asked.clear()
        told = asyncio.ensure_future(anext(there))  # type: ignore[arg-type] # an asynchronous generator's next
        heads.of[HALL] = 2
        hints.changed(HALL)
        assert await heard(here) == [said(2)]
        assert (heads.asked, told.done()) == ([{HALL}], False)
        told.cancel()

    play(scene)


def test_what_nobody_told_is_found_in_one_look_at_all_halls(heads: Heads, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "POLL_S", 0.01)

    async def scene(hints: Hints) -> None:
        streams = [hints.stream(hall, heads.read) for hall in (HALL, OTHER)]
        await heard(*streams)
        heads.of = {HALL: 2, OTHER: 8}
        assert await heard(*streams) == [said(2), said(8, OTHER)]
        assert {HALL, OTHER} in heads.asked

    play(scene)


def test_a_database_that_is_away_for_a_while_ends_no_stream(heads: Heads, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "POLL_S", 0.01)

    async def scene(hints: Hints) -> None:
        stream = hints.stream(HALL, heads.read)
        await heard(stream)
        heads.of[HALL], heads.broken = 2, 3
        assert await heard(stream) == [said(2)]
        assert heads.broken == 0

    play(scene)


def test_after_a_long_silence_the_hint_is_repeated(heads: Heads, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "POLL_S", 0.01)
    monkeypatch.setattr(module, "REPEAT_S", 0.05)

    async def scene(hints: Hints) -> None:
        stream = hints.stream(HALL, heads.read)
        assert [await heard(stream) for _ in range(3)] == [[said(1)]] * 3

    play(scene)


def test_a_listener_that_leaves_while_it_is_told_holds_up_neither_the_others_nor_the_end(heads: Heads) -> None:
    async def scene(hints: Hints) -> None:
        stays, leaves = hints.stream(HALL, heads.read), hints.stream(HALL, heads.read)
        await heard(stays, leaves)
        waiting = asyncio.ensure_future(anext(leaves))  # type: ignore[arg-type] # an asynchronous generator's next
        await asyncio.sleep(0)
        heads.of[HALL] = 2
        hints.changed(HALL)
        for _ in range(10):  # as the framework does: again and again
            waiting.cancel()
            await asyncio.sleep(0)
        with suppress(asyncio.CancelledError):
            await waiting
        assert await heard(stays) == [said(2)]
        ended = asyncio.ensure_future(anext(stays, None))  # type: ignore[arg-type] # an asynchronous generator's next
        await asyncio.sleep(0)
        await hints.close()
        assert await ended is None

    play(scene)
