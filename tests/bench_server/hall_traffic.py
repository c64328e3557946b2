"""What a hall asks of its server all day, in fast motion: windows at work, people who look, listeners that change."""

import asyncio
import contextlib
from collections import Counter as Tally
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import ground
import msgspec
from clients import Day, push_of
from ground import HALL, KIOSK, MANAGER, token
from month_counter import Counter
from wire import Line, lines, read, request

from app.domain.business_day import business_date
from sync.protocol.messages import Named

HEARD = 5
"""Hints after which a listener hangs up and another comes."""
SNAPSHOT, DIGEST, LOOK, SIGN_IN = 40, 10, 7, 30
"""Every so many citizens of a window: what it does beside them."""


@dataclass
class Traffic:
    """One hall on one server; ``answers`` counts statuses, ``wrong`` is what was not answered as it should be."""

    port: int
    person: str
    password: str
    answers: Tally[int] = field(default_factory=Tally)
    wrong: list[str] = field(default_factory=list)
    served: int = 0
    hints: int = 0
    _own: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _keys: int = 0
    _ended: bool = False

    async def run(self, counters: Sequence[Counter], listeners: int, seconds: float) -> None:
        """Serve citizens at these windows and listen until the time is over."""
        over = await lines(self.port, len(counters))
        async with _beside(self._listen() for _ in range(listeners)):
            asyncio.get_running_loop().call_later(seconds, self._end)
            await asyncio.gather(*map(self._window, over, counters, range(len(over))))
        for line in over:
            line.close()

    def _end(self) -> None:
        self._ended = True

    async def _window(self, line: Line, counter: Counter, at: int) -> None:
        try:
            await self._at_work(line, counter, at)
        except ConnectionError as error:
            self.wrong.append(f"{counter.window}: {error}")

    async def _at_work(self, line: Line, counter: Counter, at: int) -> None:
        day, cursor, turn = Day(at, (at + 1) * 1_000_000), 0, 0
        while not self._ended and not self.wrong:
            turn += 1
            await self._citizen(line, counter)
            self._sign_citizen(day, counter)
            await self._push(line, counter, 4)
            pulled = await self._get(line, f"/v1/sync/pull?hall={HALL}&cursor={cursor}", counter.window)
            cursor = read(pulled)["next"]
            await self._beside(line, counter.window, turn + at)
            self.served += 1

    async def _citizen(self, line: Line, counter: Counter) -> None:
        """A number from the kiosk, somebody called with it, and gone without a case."""
        body = b'{"business":"A"}'
        await self._ask(line, request("POST", f"/v1/halls/{HALL}/tickets", token(KIOSK), body, self._key()), 201)
        next_of = f"/v1/halls/{HALL}/windows/{counter.window}/call-next"
        called = await self._ask(line, request("POST", next_of, token(counter.window), key=self._key()), 200, 204)
        if not called:
            return
        number, ticket = (read(called)[name] for name in ("number", "id"))
        said = {"number": number, "window": counter.window}
        now_ms = ground.CLOCK.now_ms()
        counter.sign(now_ms, "ticket.served", ("ticket", ticket), said)
        ended = {**said, "outcome": "answered", "case_id": None}
        counter.sign(now_ms, "ticket.finished", ("ticket", ticket), ended)
        await self._push(line, counter, 1)
        await self._push(line, counter, 1)

    def _sign_citizen(self, day: Day, counter: Counter) -> None:
        day.citizen(counter, business_date(ground.CLOCK.now_ms()))
        self._own[counter.window] += [each.entity_id for each in counter.out if each.kind == "case.accepted"]

    async def _push(self, line: Line, counter: Counter, count: int) -> None:
        some, counter.out = counter.out[:count], counter.out[count:]
        body = msgspec.json.encode(push_of(counter, some))
        said = read(await self._ask(line, request("POST", "/v1/sync/push", token(counter.window), body), 200))
        self.wrong += [f"{some[0].kind}: {each}" for each in said["results"] if each["status"] != "applied"]

    async def _beside(self, line: Line, window: str, turn: int) -> None:
        """Do what is due beside the citizens."""
        if turn % SNAPSHOT == 0:
            named = msgspec.json.encode(Named(case=self._own[window]))
            await self._ask(
                line, request("POST", f"/v1/sync/snapshot?hall={HALL}", token(window), named, self._key()), 200
            )
        if turn % DIGEST == 0:
            await self._get(line, f"/v1/sync/digest?hall={HALL}&standing=true", window)
        if turn % LOOK == 0:
            for path in ("state", "floor", "cards"):
                await self._get(line, f"/v1/halls/{HALL}/{path}", MANAGER)
        if turn % SIGN_IN == 0:
            await self._look_as_a_person(line)

    async def _look_as_a_person(self, line: Line) -> None:
        body = msgspec.json.encode({"clerk": self.person, "password": self.password})
        asked = request("POST", "/v1/sessions", token(MANAGER), body, self._key())
        session = read(await self._ask(line, asked, 200))["session"]
        words = b'{"words":["0123456789"]}'
        await self._ask(line, request("POST", f"/v1/halls/{HALL}/cases/search", session, words), 200)
        for path in ("ledgers", "ledgers/tickets", "ledgers/tickets.csv"):
            await self._ask(line, request("GET", f"/v1/halls/{HALL}/{path}", session), 200)

    async def _get(self, line: Line, path: str, device: str) -> bytes:
        return await self._ask(line, request("GET", path, token(device)), 200)

    async def _ask(self, line: Line, sent: bytes, *expected: int) -> bytes:
        status, body = await line.ask(sent)
        self.answers[status] += 1
        if status not in expected:
            raise ConnectionError(f"{status}: {sent[:60]!r}: {body[:200]!r}")
        return body

    def _key(self) -> str:
        self._keys += 1
        return f"traffic-{self._keys}"

    async def _listen(self) -> None:
        """Listen to some hints, hang up, and again."""
        while True:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            try:
                writer.write(request("GET", f"/v1/halls/{HALL}/stream", token(KIOSK)))
                heard = 0
                while heard < HEARD and (line := await reader.readline()):
                    heard += line.startswith(b"data: ")
                self.hints += heard
            finally:
                writer.transport.abort()


@asynccontextmanager
async def _beside(works: Any) -> AsyncIterator[None]:
    """Have these run until the block ends."""
    tasks = [asyncio.create_task(each) for each in works]
    try:
        yield
    finally:
        for each in tasks:
            each.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(*tasks, return_exceptions=True)
