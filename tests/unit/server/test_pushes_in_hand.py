"""How much of a hall that comes back after a week a process lets in at a time, and how long a window listens."""

import asyncio
from typing import Any

import httpx2
import pytest

from app.commands.system_clock import SystemClock
from sync.client.http import ANSWER_S, OPERATION_S, HttpCentralServer
from sync.protocol.interface import Refused
from sync.protocol.messages import MAX_PUSH_BYTES, Push
from sync.server.http.gate import PUSHED, SMALL, Gate
from sync.server.storage.disk import DiskWatch


def asked(size: int | None, path: str = "/v1/sync/push") -> Any:
    headers = [] if size is None else [(b"content-length", str(size).encode())]
    return {"type": "http", "method": "POST", "path": path, "headers": headers}


async def nothing(*_: Any) -> Any:
    return None


def while_waits(gate: Gate, waiting: list[Any], then: Any) -> bool:
    """Say whether a request is let in while the others wait for their answers."""

    async def inner(left: list[Any]) -> bool:
        if not left:
            try:
                await gate.handle(then, nothing, nothing, nothing)
            except Refused as refused:
                return (refused.code, refused.status, refused.retry_after_s) != ("overloaded", 503, 2)
            return True
        found = []

        async def answers(*_: Any) -> None:
            found.append(await inner(left[1:]))

        await gate.handle(left[0], nothing, nothing, answers)
        return found[0]

    return asyncio.run(inner(waiting))


@pytest.mark.parametrize(
    ("waiting", "then", "let_in"),
    [
        ([], MAX_PUSH_BYTES, True),
        ([PUSHED // 2], PUSHED // 2, True),
        ([PUSHED // 2, PUSHED // 2], SMALL + 1, False),
        ([PUSHED // 2, PUSHED // 2], SMALL, True),
        ([None], None, True),
        ([None, None], None, False),
        ([SMALL] * (PUSHED // SMALL), SMALL + 1, False),
    ],
)
def test_large_pushes_wait_outside_and_small_ones_are_let_in(waiting: list[int], then: int, *, let_in: bool) -> None:
    gate = Gate(DiskWatch(None, SystemClock()))
    assert while_waits(gate, [asked(each) for each in waiting], asked(then)) is let_in
    assert while_waits(gate, [], asked(then)), "what was answered counts no more"


def test_other_requests_are_not_measured_by_their_bytes() -> None:
    gate = Gate(DiskWatch(None, SystemClock()))
    assert while_waits(gate, [asked(PUSHED)] * 2, asked(PUSHED, "/v1/catalogue/versions"))


def test_a_window_listens_longer_for_the_answer_to_many_operations() -> None:
    waited: list[float] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        waited.append(request.extensions["timeout"]["read"])
        said = {"acked_seq": 200, "results": [], "server_incarnation": "s", "server_time": 0}
        return httpx2.Response(200, json=said)

    server = HttpCentralServer("http://hall", "token", SystemClock(), httpx2.MockTransport(answer))
    for count in (1, 200):
        server.push(Push(device="d", incarnation="i", first_seq=1, ops=[{}] * count))
    assert waited == [ANSWER_S + OPERATION_S, ANSWER_S + 200 * OPERATION_S]
