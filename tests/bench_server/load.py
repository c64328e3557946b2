"""The load of one run: echo, pushes, calls and raw statements by turns, so that a slow minute slows them all."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from clients import CALLS, Day, call, pushes, ticket
from echo import COMMITTED, PLAIN
from ground import HALL, KIOSK, WINDOWS, token
from month_counter import Counter
from raw import Statement, replay
from wire import Line, burst, lines, read, request

if TYPE_CHECKING:
    import psycopg

SIZE = 20
SINGLE = 4
"""Pushes of one operation a window and round: one citizen."""
TOGETHER = 60
ALONE = 40
STREAMS = 300
HINTS = 10


@dataclass
class Measured:
    """Seconds and counts by what was done, also of the processors; milliseconds of single answers."""

    done: dict[str, int] = field(default_factory=dict)
    spent_s: dict[str, float] = field(default_factory=dict)
    cpu_s: dict[str, float] = field(default_factory=dict)
    ms: dict[str, list[float]] = field(default_factory=dict)
    called: list[str] = field(default_factory=list)
    issued: list[str] = field(default_factory=list)

    def add(self, what: str, count: int, spent_s: float, cpu_s: float = 0.0) -> None:
        self.cpu_s[what] = self.cpu_s.get(what, 0.0) + cpu_s
        self.done[what] = self.done.get(what, 0) + count
        self.spent_s[what] = self.spent_s.get(what, 0.0) + spent_s

    def rate(self, what: str) -> float:
        """So many a second."""
        return self.done[what] / self.spent_s[what]

    def cpu_ms(self, what: str) -> float:
        """Milliseconds of processor for one, in servers and PostgreSQL."""
        return self.cpu_s[what] / self.done[what] * 1000


@dataclass
class Load:
    """Where it goes: ports, the counters that push, raw batches with their connection, and the hall's database."""

    port: int
    echo: int
    counters: list[Counter]
    raw: list[list[Statement]]
    raw_connection: Callable[[], "psycopg.Connection[Any]"]
    hall: "psycopg.Connection[Any]"
    rounds: int
    cpu: Callable[[], float]
    measured: Measured = field(default_factory=Measured)
    _turn: int = 0

    async def run(self) -> Measured:
        """Take the turns, then what is measured once."""
        over, echo = await lines(self.port, len(WINDOWS)), await lines(self.echo, len(WINDOWS))
        day = Day()
        for _ in range(self.rounds):
            ready = [list(pushes(each, day, SINGLE, 1)) for each in self.counters]
            full = [next(pushes(each, day, 1, SIZE)) for each in self.counters]
            one_by_one = [each[n] for n in range(SINGLE) for each in ready]
            await self._echo(echo, one_by_one)
            await self._push(over, one_by_one, "push")
            await self._calls(over)
            await self._push(over, full, "batch", SIZE)
            share = len(self.raw) // self.rounds
            batches, self.raw = self.raw[:share], self.raw[share:]
            self.measured.add("raw", share * SIZE, replay(self.raw_connection, batches))
        await self._pulls(over)
        await self._alone_and_together(over)
        for each in (*over, *echo):
            each.close()
        await self._streams()
        return self.measured

    async def _echo(self, echo: list[Line], like: list[bytes]) -> None:
        bodies = [each.partition(b"\r\n\r\n")[2] for each in like]
        for what, path in (("echo", COMMITTED), ("plain", PLAIN)):
            await self._burst(what, echo, [request("POST", path, "none", body) for body in bodies])

    async def _push(self, over: list[Line], requests: list[bytes], what: str, size: int = 1) -> None:
        bodies = await self._burst(what, over, requests, size)
        statuses = {said["status"] for body in bodies for said in read(body)["results"]}
        assert statuses == {"applied"}, statuses

    async def _calls(self, over: list[Line]) -> None:
        await self._call(over, range(len(CALLS)), "call")

    async def _burst(self, what: str, over: list[Line], requests: list[bytes], size: int = 1) -> list[bytes]:
        """Send the requests and write down what they took; each is of ``size``."""
        before = self.cpu()
        spent, bodies = await burst(over, requests, 200)
        self.measured.add(what, len(requests) * size, spent, self.cpu() - before)
        return bodies

    async def _call(self, over: list[Line], windows: "range", what: str) -> None:
        self._turn += 1
        fresh = [ticket(self._turn, at) for at in range(len(windows))]
        _, issued = await burst(over[:16], fresh, 201)
        self.measured.issued += [read(each)["number"] for each in issued]
        answers = await self._burst(what, over, [call(at, self._turn) for at in windows])
        self.measured.called += [read(each)["number"] for each in answers]
        self.hall.execute("UPDATE ticket SET state = 'done' WHERE state = 'called'")  # their windows are free again

    async def _pulls(self, over: list[Line]) -> None:
        first = request("GET", f"/v1/sync/pull?hall={HALL}&cursor=0&limit=1", token(WINDOWS[0]))
        _, [body] = await burst(over[:1], [first], 200)
        path = f"/v1/sync/pull?hall={HALL}&cursor={read(body)['head']}"
        empty = [request("GET", path, token(window)) for window in WINDOWS] * SINGLE
        await self._burst("empty pull", over, empty)

    async def _alone_and_together(self, over: list[Line]) -> None:
        alone = self.measured.ms.setdefault("alone", [])
        for at in range(ALONE):
            await self._call(over[at : at + 1], range(at, at + 1), "alone")
            alone.append(over[at].took_s * 1000)
        together = self.measured.ms.setdefault("together", [])
        for _ in range(5):
            await self._call(over, range(TOGETHER), "together")
            together += [each.took_s * 1000 for each in over[:TOGETHER]]

    async def _streams(self) -> None:
        """Open the streams, then give out numbers: from the answer's commit to the hint at every listener."""
        heard = self.measured.ms.setdefault("hint", [])
        moved = asyncio.Event()
        state = {"began": 0.0, "head": 0, "behind": 0}

        opening = asyncio.Semaphore(len(WINDOWS))  # more at once than the gate lets wait would be sent away

        async def listen() -> None:
            async with opening:
                reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
                writer.write(request("GET", f"/v1/halls/{HALL}/stream", token(KIOSK)))
                assert b" 200 " in await reader.readline()
            last = -1
            while line := await reader.readline():
                if line.startswith(b"data: "):
                    head = read(line[6:])["head"]
                    if last < 0:
                        state["behind"] -= 1
                    elif head > last and last < state["head"]:
                        heard.append((time.perf_counter() - state["began"]) * 1000)
                        state["behind"] -= 1
                    last = head
                    if state["behind"] == 0:
                        moved.set()
            writer.close()

        state["behind"] = STREAMS
        listeners = [asyncio.create_task(listen()) for _ in range(STREAMS)]
        async with asyncio.timeout(60):
            await moved.wait()
            [line] = await lines(self.port, 1)
            for n in range(HINTS):
                moved.clear()
                state.update(began=time.perf_counter(), head=1 << 60, behind=STREAMS)
                await burst([line], [ticket(1_000_000 + n, 0)], 201)
                await moved.wait()
        line.close()
        for each in listeners:
            each.cancel()
        await asyncio.gather(*listeners, return_exceptions=True)
