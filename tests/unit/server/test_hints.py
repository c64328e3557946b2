"""The streams of hints end with the server, whatever their listeners did before."""

import asyncio
from contextlib import suppress

from sync.server.http.hints import Hints


async def leave_while_told(hints: Hints) -> None:
    """A listener goes away in the very moment in which something is told to it; the framework cancels repeatedly."""
    stream = hints.stream("9901", lambda _: 1)
    await anext(stream)
    waiting = asyncio.ensure_future(anext(stream))
    moved = hints._channels["9901"].moved
    for _ in range(20):
        await asyncio.sleep(0)
    assert moved._waiters
    async with moved:
        moved.notify_all()
        for _ in range(10):
            waiting.cancel()
            await asyncio.sleep(0)
            assert moved.locked(), "it gave away a lock that is ours"
    with suppress(asyncio.CancelledError):
        await waiting


def test_a_listener_that_leaves_holds_up_neither_the_others_nor_the_end() -> None:
    async def play() -> None:
        hints = Hints()
        await leave_while_told(hints)
        await asyncio.wait_for(hints.close(), 2)

    asyncio.run(play())
