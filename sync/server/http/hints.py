"""Tells displays and counters that something changed, never what: data always comes from pull or state."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass, field

import msgspec

from sync.protocol.messages import Hint

POLL_S = 2.0
"""How often the head is looked at anyway: another process may have moved it."""
REPEAT_S = 15.0
"""After so long a silence the hint is repeated, so that a dead connection shows."""


@dataclass(slots=True)
class _Channel:
    head: int
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    moved: asyncio.Condition = field(default_factory=asyncio.Condition)
    listeners: int = 0
    watcher: asyncio.Task[None] | None = None


class Hints:
    """One watcher per hall reads the head for all its listeners; ``changed`` may be called from any thread."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._channels: dict[str, _Channel] = {}
        self._closed = False

    def changed(self, hall: str) -> None:
        """Have the hall's watcher look at once."""
        loop = self._loop
        if loop is not None and not self._closed:
            loop.call_soon_threadsafe(self._wake, hall)

    async def close(self) -> None:
        """End all streams."""
        self._closed = True
        for channel in self._channels.values():
            channel.woken.set()
            async with channel.moved:
                channel.moved.notify_all()

    async def stream(self, hall: str, read_head: Callable[[str], int]) -> AsyncIterator[bytes]:
        """Yield the hall's head as server-sent events: at once, after every change, and after a long silence."""
        self._loop = asyncio.get_running_loop()
        channel = self._channels.get(hall)
        if channel is None:
            channel = self._channels[hall] = _Channel(await asyncio.to_thread(read_head, hall))
        channel.listeners += 1
        if channel.watcher is None or channel.watcher.done():
            channel.watcher = asyncio.create_task(self._watch(hall, channel, read_head))
        try:
            while not self._closed:
                sent = channel.head
                yield b"data: " + msgspec.json.encode(Hint(hall=hall, head=sent)) + b"\n\n"
                await self._moved(channel, sent)
        finally:
            channel.listeners -= 1
            channel.woken.set()

    async def _watch(self, hall: str, channel: _Channel, read_head: Callable[[str], int]) -> None:
        while channel.listeners and not self._closed:
            with suppress(TimeoutError):
                await asyncio.wait_for(channel.woken.wait(), POLL_S)
            channel.woken.clear()
            head = await asyncio.to_thread(read_head, hall)
            if head != channel.head:
                channel.head = head
                async with channel.moved:
                    channel.moved.notify_all()

    async def _moved(self, channel: _Channel, sent: int) -> None:
        # Not asyncio.wait_for: it waits in another task, and a listener that goes away meanwhile leaves the lock taken.
        with suppress(TimeoutError):
            async with channel.moved, asyncio.timeout(REPEAT_S):
                await channel.moved.wait_for(lambda: self._closed or channel.head != sent)

    def _wake(self, hall: str) -> None:
        if hall in self._channels:
            self._channels[hall].woken.set()
