"""Requests that would wait for one another go in groups: each gets its own answer, and nobody is left waiting."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from sync.server.http.together import Together
from sync.server.storage.engine import HeldElsewhere

A_WHILE_S = 30
LANE = "hall"


@dataclass
class Served:
    """Writes down the groups; the first one waits until it is let go on, so that the others gather."""

    answer: Callable[[Sequence[str]], Sequence[Any]] = list
    groups: list[list[str]] = field(default_factory=list)
    go_on: threading.Event = field(default_factory=threading.Event)
    began: threading.Event = field(default_factory=threading.Event)

    def __call__(self, members: Sequence[str]) -> Sequence[Any]:
        self.groups.append(list(members))
        if len(self.groups) == 1:
            self.began.set()
            assert self.go_on.wait(A_WHILE_S)
        return self.answer(members)


async def gathered(served: Served, together: Together[str, Any], members: str, lane: str = LANE) -> list[Any]:
    """Ask for the first, and for the others while it is served; return what each was told."""
    first = asyncio.create_task(together.ask(lane, members[0]))
    await asyncio.to_thread(served.began.wait, A_WHILE_S)
    others = [asyncio.create_task(together.ask(lane, each)) for each in members[1:]]
    await asyncio.sleep(0)
    served.go_on.set()
    async with asyncio.timeout(A_WHILE_S):
        return await asyncio.gather(first, *others, return_exceptions=True)


def run(work: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(work)


def test_who_comes_while_one_is_at_work_is_served_by_the_next_in_their_order() -> None:
    served = Served()
    assert run(gathered(served, Together(served), "abcd")) == list("abcd")
    assert served.groups == [["a"], ["b", "c", "d"]]


def test_a_group_is_no_larger_than_told_and_the_first_come_first() -> None:
    served = Served()
    assert run(gathered(served, Together(served, most=2), "abcdef")) == list("abcdef")
    assert served.groups == [["a"], ["b", "c"], ["d", "e"], ["f"]]


def test_members_count_what_they_weigh_and_one_is_served_whatever_it_weighs() -> None:
    served = Served()
    weights = {"b": 2, "c": 3, "d": 9, "e": 1}
    together = Together[str, Any](served, most=5, weigh=lambda each: weights.get(each, 1))
    assert run(gathered(served, together, "abcde")) == list("abcde")
    assert served.groups == [["a"], ["b", "c"], ["d"], ["e"]]


def test_a_refusal_is_for_its_member_alone() -> None:
    served = Served(lambda members: [KeyError(each) if each == "c" else each for each in members])
    told = run(gathered(served, Together(served), "abcd"))
    assert [repr(each) for each in told] == ["'a'", "'b'", "KeyError('c')", "'d'"]
    assert len(served.groups) == 2


def test_of_a_group_that_fails_each_is_served_alone() -> None:
    def spoilt(members: Sequence[str]) -> Sequence[str]:
        if "c" in members:
            raise ValueError(members)
        return members

    served = Served(spoilt)
    told = run(gathered(served, Together(served), "abcd"))
    assert [repr(each) for each in told] == ["'a'", "'b'", "ValueError(['c'])", "'d'"]
    assert served.groups == [["a"], ["b", "c", "d"], ["b"], ["c"], ["d"]]


def test_where_the_database_is_away_all_are_told_at_once() -> None:
    def away(members: Sequence[str]) -> Sequence[str]:
        if len(members) > 1:
            raise OperationalError("SELECT 1", {}, Exception("the line is cut"))
        return members

    served = Served(away)
    told = run(gathered(served, Together(served), "abcd"))
    assert told[0] == "a"
    assert [type(each) for each in told[1:]] == [OperationalError] * 3
    assert len(served.groups) == 2


def test_who_is_held_elsewhere_is_waited_for_by_nobody() -> None:
    held, others_done = threading.Event(), threading.Event()

    def answer(members: Sequence[str]) -> Sequence[Any]:
        if list(members) == ["b"]:
            assert others_done.wait(A_WHILE_S), "the lane waits for it"
            held.set()
        if "e" in members:
            others_done.set()
        return [HeldElsewhere() if each == "b" and len(members) > 1 else each for each in members]

    served = Served(answer)
    assert run(gathered(served, Together(served, most=3), "abcde")) == list("abcde")
    assert held.is_set()


def test_another_lane_does_not_wait() -> None:
    served = Served()
    together = Together[str, Any](served)

    async def play() -> None:
        first = asyncio.create_task(together.ask("one hall", "a"))
        await asyncio.to_thread(served.began.wait, A_WHILE_S)
        async with asyncio.timeout(A_WHILE_S):
            assert await together.ask("another", "b") == "b"
        assert not first.done()
        served.go_on.set()
        assert await first == "a"

    run(play())


def test_of_who_goes_away_before_the_group_begins_nothing_is_done() -> None:
    served = Served()
    together = Together[str, Any](served)

    async def play() -> Any:
        first = asyncio.create_task(together.ask(LANE, "a"))
        await asyncio.to_thread(served.began.wait, A_WHILE_S)
        gone, stays = (asyncio.create_task(together.ask(LANE, each)) for each in "bc")
        await asyncio.sleep(0)
        gone.cancel()
        first.cancel()  # too late: its answer is told to nobody
        served.go_on.set()
        async with asyncio.timeout(A_WHILE_S):
            return await stays

    assert run(play()) == "c"
    assert served.groups == [["a"], ["c"]]


def test_the_next_request_finds_a_lane_that_is_free_again() -> None:
    served = Served()
    together = Together[str, Any](served)

    async def play() -> Any:
        await gathered(served, together, "ab")
        async with asyncio.timeout(A_WHILE_S):
            return await together.ask(LANE, "c")

    assert run(play()) == "c"
    assert served.groups == [["a"], ["b"], ["c"]]


def test_nobody_hangs_when_a_thread_dies_of_more_than_an_error() -> None:
    def dies(_members: Sequence[str]) -> Sequence[str]:
        raise SystemExit

    async def play() -> Any:
        async with asyncio.timeout(A_WHILE_S):
            return await Together[str, Any](dies).ask(LANE, "a")

    with pytest.raises((SystemExit, asyncio.CancelledError)):
        run(play())
