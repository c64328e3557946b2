"""A proxy that spoils what goes between a counter and its server: one line a counter, each connection with a fate.

Every line has a port and chances of its own: the fate of its n-th connection depends on the seed alone. Besides, a
line can be cut for a while: then no byte passes, nobody is told, and new connections are taken and never answered.
What was under way when a line is mended comes late, or never, or its connection is reset.
"""

import asyncio
import random
import threading
from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

from chaos_fates import HELD_S, LATE_S, SLOW_BYTES, SLOW_PIECE, SLOW_S, Fate, Link

CHUNK = 65_536
T = TypeVar("T")


class Line:
    """One counter's way to the server; made by ``ChaosProxy.line``, and only its methods are for other threads."""

    def __init__(self, proxy: "ChaosProxy", target: tuple[str, int], seed: str) -> None:
        self._proxy, self._target, self._chance = proxy, target, random.Random(seed)
        self._links: list[Link] = []
        self._open = asyncio.Event()
        self._open.set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self._weights: dict[Fate, int] = {Fate.CALM: 1}
        self.fates: Counter[Fate] = Counter()
        """What came to pass, not what was drawn."""
        self.cuts = 0
        self.url = ""

    def trouble(self, weights: dict[Fate, int]) -> None:
        """Draw the fates of new connections by these from now on, and those of the connections there are anew."""
        self._proxy.run(partial(self._trouble, weights))

    def cut(self) -> None:
        """Let nothing pass."""
        self.cuts += 1
        self._proxy.run(self._cut)

    def mend(self) -> None:
        """Let everything pass again; what was under way is late, lost or reset."""
        self._proxy.run(self._mend)

    def silence(self) -> None:
        """Make every connection there is half-open for good; new ones pass."""
        self._proxy.run(self._silence)

    async def listen(self) -> None:
        self._server = await asyncio.start_server(self._taken, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def close(self) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for link in self._links:
            link.end(reset=True)

    async def _trouble(self, weights: dict[Fate, int]) -> None:
        self._weights = weights
        for link in self._links:
            if not link.struck:
                link.draw(self._weights)

    async def _cut(self) -> None:
        self._open.clear()

    async def _mend(self) -> None:
        for link in self._links:
            match self._chance.choice(("late", "lost", "reset")):
                case "lost":
                    link.flowing.clear()
                case "reset":
                    link.end(reset=True)
        self._open.set()

    async def _silence(self) -> None:
        for link in self._links:
            link.flowing.clear()

    async def _taken(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        link = Link(random.Random(self._chance.random()), [writer])
        link.flowing.set()
        self._links.append(link)
        link.draw(self._weights)
        with suppress(OSError, asyncio.CancelledError):
            await self._open.wait()
            there_reader, there_writer = await asyncio.open_connection(*self._target)
            link.writers.append(there_writer)
            up = asyncio.create_task(self._pump(link, reader, there_writer, way=True))
            down = asyncio.create_task(self._pump(link, there_reader, writer, way=False))
            self._tasks |= {up, down}
            await asyncio.gather(up, down, return_exceptions=True)
        link.end()
        self._links.remove(link)

    async def _pump(self, link: Link, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, way: bool) -> None:
        while chunk := await reader.read(CHUNK):
            room = link.after - link.passed[way]
            if link.struck or way != link.way or len(chunk) <= room:
                await self._write(link, writer, chunk, way=way)
            else:
                link.struck = True
                if link.fate is not Fate.CALM:
                    self.fates[link.fate] += 1
                await self._write(link, writer, chunk[:room], way=way)
                if not await self._strike(link, writer, chunk[room:], way=way):
                    return
        writer.close()

    async def _strike(self, link: Link, writer: asyncio.StreamWriter, rest: bytes, *, way: bool) -> bool:
        """Let the fate come; False when the connection is over."""
        match link.fate:
            case Fate.CUT | Fate.UNANSWERED:
                link.end()
                return False
            case Fate.RESET:
                link.end(reset=True)
                return False
            case Fate.SILENT:
                link.flowing.clear()
            case Fate.HELD:
                link.flowing.clear()
                asyncio.get_running_loop().call_later(link.chance.uniform(0, HELD_S), link.flowing.set)
            case Fate.SLOW:
                for begin in range(0, min(SLOW_BYTES, len(rest)), SLOW_PIECE):
                    await asyncio.sleep(SLOW_S)
                    await self._write(link, writer, rest[:SLOW_BYTES][begin : begin + SLOW_PIECE], way=way)
                rest = rest[SLOW_BYTES:]
        await self._write(link, writer, rest, way=way)
        link.struck = False
        link.draw(self._weights)
        return True

    async def _write(self, link: Link, writer: asyncio.StreamWriter, data: bytes, *, way: bool) -> None:
        if link.fate is Fate.LATE:
            await asyncio.sleep(link.chance.uniform(0, LATE_S))
        await self._open.wait()
        await link.flowing.wait()
        link.passed[way] += len(data)
        writer.write(data)
        await writer.drain()


class ChaosProxy:
    """All lines, on a thread of their own."""

    def __init__(self, target: str, seed: int) -> None:
        host, _, port = target.removeprefix("http://").strip("/").partition(":")
        self._target, self._seed = (host, int(port)), seed
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="chaos", daemon=True)
        self._thread.start()
        self.lines: dict[str, Line] = {}

    def line(self, name: str) -> Line:
        """Open another line."""
        line = self.run(lambda: self._opened(name))
        self.lines[name] = line
        return line

    def run(self, make: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Do something on the proxy's thread, and wait for it."""
        return asyncio.run_coroutine_threadsafe(make(), self._loop).result(30)

    def stop(self) -> None:
        """Reset whatever is open, and end."""
        for line in self.lines.values():
            self.run(line.close)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(30)
        self._loop.close()

    async def _opened(self, name: str) -> Line:
        line = Line(self, self._target, f"{self._seed}/{name}")
        await line.listen()
        return line
