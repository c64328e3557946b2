"""Tells displays and counters that something changed, never what: data always comes from pull or state."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TypeAlias

import msgspec

from sync.protocol.messages import Hint

logger = logging.getLogger(__name__)

POLL_S = 2.0
"""How often every head is looked at anyway: another process may have moved it, and its word was lost."""
REPEAT_S = 15.0
"""After so long a silence, within ``POLL_S``, the hint is repeated, so that a dead connection shows."""

ReadHeads: TypeAlias = Callable[[Collection[str]], Mapping[str, int]]
"""Returns the newest number of the feed of each of the halls that exist; called in a thread."""


@dataclass(slots=True)
class _Channel:
    """One hall: what its listeners are told, and the event of the next telling (each has its own)."""

    head: int = -1
    frame: bytes = b""
    told_s: float = 0.0
    next: asyncio.Event = field(default_factory=asyncio.Event)
    listeners: int = 0

    def tell(self) -> None:
        """Wake every listener; whoever listens from now on waits for another."""
        told, self.next = self.next, asyncio.Event()
        told.set()


class Hints:
    """One watcher a process reads the heads of all halls listened to; ``changed`` may be called from any thread."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._channels: dict[str, _Channel] = {}
        self._moved: set[str] = set()
        self._woken = asyncio.Event()
        self._watcher: asyncio.Task[None] | None = None
        # Not the threads of requests: a hint that waits behind pushes comes late.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="hints")
        self._closed = False

    def changed(self, hall: str) -> None:
        """Have the watcher look at the hall at once."""
        loop = self._loop
        if loop is not None and not self._closed:
            loop.call_soon_threadsafe(self._wake, hall)

    async def close(self) -> None:
        """End all streams."""
        self._closed = True
        self._woken.set()
        for channel in self._channels.values():
            channel.tell()
        self._thread.shutdown(wait=False)

    async def stream(self, hall: str, read_heads: ReadHeads) -> AsyncIterator[bytes]:
        """Yield the hall's head as server-sent events: at once, after every change, and after a long silence."""
        self._loop = asyncio.get_running_loop()
        channel = self._channels.setdefault(hall, _Channel())
        channel.listeners += 1
        try:
            self._watch_over(hall, read_heads)
            while not self._closed:
                coming = channel.next
                if channel.frame:
                    yield channel.frame
                await coming.wait()
        finally:
            channel.listeners -= 1
            if not channel.listeners:
                self._channels.pop(hall, None)

    def _watch_over(self, hall: str, read_heads: ReadHeads) -> None:
        if not self._channels[hall].frame:
            self._wake(hall)
        if self._watcher is None or self._watcher.done():
            self._watcher = asyncio.create_task(self._watch(read_heads))

    async def _watch(self, read_heads: ReadHeads) -> None:
        """Look at what moved when it moves, and at everything every so often, while anybody listens."""
        loop = asyncio.get_running_loop()
        look_s = loop.time() + POLL_S
        while self._channels and not self._closed:
            with suppress(TimeoutError):
                async with asyncio.timeout_at(look_s):
                    await self._woken.wait()
            self._woken.clear()
            moved, self._moved = self._moved & self._channels.keys(), set()
            if loop.time() >= look_s:
                moved, look_s = set(self._channels), loop.time() + POLL_S
            if moved and not self._closed:
                await self._tell(moved, read_heads)

    async def _tell(self, halls: Collection[str], read_heads: ReadHeads) -> None:
        loop = asyncio.get_running_loop()
        try:
            heads = await loop.run_in_executor(self._thread, read_heads, halls)
        except Exception as error:  # noqa: BLE001 - the database is away: whoever listens hears of it by silence
            logger.warning("hints.blind error=%s", type(error).__name__)
            return
        for hall in halls:
            channel, head, now_s = self._channels.get(hall), heads.get(hall, 0), loop.time()
            if channel is not None and (head != channel.head or now_s - channel.told_s >= REPEAT_S):
                channel.head, channel.told_s = head, now_s
                channel.frame = b"data: " + msgspec.json.encode(Hint(hall=hall, head=head)) + b"\n\n"
                channel.tell()

    def _wake(self, hall: str) -> None:
        if hall in self._channels:
            self._moved.add(hall)
            self._woken.set()
