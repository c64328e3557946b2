"""Requests that would wait for one another are done by one transaction, all that have come since the last (ADR 0030).

On the event loop alone: a request that waits here holds no thread, no connection and no lock.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Hashable, Iterable, Sequence
from typing import Final, Generic, TypeAlias, TypeVar

from sync.server.storage.engine import HeldElsewhere, NotNow

M = TypeVar("M")
A = TypeVar("A")
_Waiter: TypeAlias = tuple[M, asyncio.Future[A]]

MOST: Final = 32
"""Members of one group: half the windows of a large hall, so that its first need not wait for all of them."""

Serve: TypeAlias = Callable[[Sequence[M]], Sequence[A | Exception]]
"""Does the work of a group and returns each member's answer in their order, a refusal as the error it is raised as.

What it raises says that nothing of the group is done, or nothing that may not be done again.
"""


class Together(Generic[M, A]):
    """One verb's requests, by lane: what they would wait for, such as the hall.

    In a lane one group is at work, in a thread, while the next one gathers; nobody waits for company. First come, first
    served, at most ``most`` at a time. Where a group fails its members are served one by one, so that none spoils it
    for the others; but where the database is away all of them are told at once. Who is ``HeldElsewhere`` is served
    by itself, beside the lane.
    """

    def __init__(self, serve: Serve[M, A], most: int = MOST, weigh: Callable[[M], int] = lambda _: 1) -> None:
        """Make one for a verb; ``weigh`` says what a member counts towards ``most``."""
        self._serve = serve
        self._most = most
        self._weigh = weigh
        self._lanes: dict[Hashable, deque[_Waiter[M, A]]] = {}
        self._at_work: set[asyncio.Task[None]] = set()

    async def ask(self, lane: Hashable, member: M) -> A:
        """Return the member's answer. Of one that is cancelled before its group begins nothing is done.

        Raises:
            Exception: its refusal, or what went wrong.
        """
        answer: asyncio.Future[A] = asyncio.get_running_loop().create_future()
        if lane in self._lanes:
            self._lanes[lane].append((member, answer))
        else:
            self._lanes[lane] = deque([(member, answer)])
            self._start(self._work(lane))
        return await answer

    async def _work(self, lane: Hashable) -> None:
        """Serve the lane until nobody waits in it."""
        waiting = self._lanes[lane]
        try:
            while waiting:
                await self._serve_group(self._next(waiting))
        finally:
            del self._lanes[lane]
            _give_up(waiting)

    def _next(self, waiting: deque[_Waiter[M, A]]) -> list[_Waiter[M, A]]:
        """Take the first who wait, one at least."""
        taken = [waiting.popleft()]
        room = self._most - self._weigh(taken[0][0])
        while waiting and (room := room - self._weigh(waiting[0][0])) >= 0:
            taken.append(waiting.popleft())
        return taken

    async def _serve_group(self, taken: Sequence[_Waiter[M, A]]) -> None:
        group = [each for each in taken if not each[1].done()]
        try:
            answers = await self._answers([member for member, _ in group])
            for waiter, answer in zip(group, answers, strict=True):
                if isinstance(answer, HeldElsewhere) and len(group) > 1:
                    self._start(self._serve_group([waiter]))
                else:
                    _tell(waiter[1], answer)
        except BaseException:
            _give_up(group)
            raise

    async def _answers(self, members: Sequence[M]) -> Sequence[A | Exception]:
        if not members:
            return []
        try:
            return await asyncio.to_thread(self._serve, members)
        except NotNow as error:
            return [error] * len(members)
        except Exception as error:  # noqa: BLE001 - told to whom it is about
            if len(members) == 1:
                return [error]
        alone = list[A | Exception]()
        for each in members:
            alone += await self._answers([each])
        return alone

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._at_work.add(task)
        task.add_done_callback(self._at_work.discard)


def _tell(waits: "asyncio.Future[A]", answer: A | Exception) -> None:
    if waits.done():
        return  # who asked is gone
    if isinstance(answer, Exception):
        waits.set_exception(answer)
    else:
        waits.set_result(answer)


def _give_up(waiters: Iterable[_Waiter[M, A]]) -> None:
    for _, waits in waiters:
        waits.cancel()
