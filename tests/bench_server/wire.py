"""A lean HTTP client: ready-made bytes out, status and body in; the generator must not be the bottleneck."""

import asyncio
import json
import time
from collections.abc import Sequence
from typing import Any

PATIENCE_S = 60.0


def request(method: str, path: str, token: str, body: bytes = b"", key: str = "") -> bytes:
    """Return the bytes of one request."""
    lines = [f"{method} {path} HTTP/1.1", "Host: hall", f"Authorization: Bearer {token}"]
    lines += [f"Content-Length: {len(body)}", "Content-Type: application/json"]
    lines += [f"Idempotency-Key: {key}"] if key else []
    return "\r\n".join([*lines, "", ""]).encode() + body


class Line(asyncio.Protocol):
    """One connection that is kept; one request under way at a time."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._heard = bytearray()
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None
        self.took_s = 0.0
        """From the last request to the end of its answer."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._heard += data
        end = self._heard.find(b"\r\n\r\n")
        if end < 0:
            return
        head = bytes(self._heard[:end]).lower()
        at = head.find(b"content-length:")
        length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        if len(self._heard) < end + 4 + length:
            return
        body = bytes(self._heard[end + 4 : end + 4 + length])
        self._heard.clear()
        self.took_s = time.perf_counter() - self._began
        if self._answer is not None and not self._answer.done():
            self._answer.set_result((int(head[9:12]), body))

    def connection_lost(self, _error: Exception | None) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(ConnectionError("the server closed the line"))

    def ask(self, sent: bytes) -> "asyncio.Future[tuple[int, bytes]]":
        """Send a request; its answer comes as status and body."""
        assert self._transport is not None
        self._answer = asyncio.get_running_loop().create_future()
        self._began = time.perf_counter()
        self._transport.write(sent)
        return self._answer

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.close()


async def lines(port: int, count: int) -> list[Line]:
    """Open so many connections; two processes share them as the system deals them out."""
    loop = asyncio.get_running_loop()
    return [(await loop.create_connection(Line, "127.0.0.1", port))[1] for _ in range(count)]


async def burst(over: Sequence[Line], requests: Sequence[bytes], *expected: int) -> tuple[float, list[bytes]]:
    """Send the requests, each line its share one after the other; return the seconds and the bodies in order."""
    bodies: list[bytes] = [b""] * len(requests)

    async def share(at: int) -> None:
        for n in range(at, len(requests), len(over)):
            status, body = await over[at].ask(requests[n])
            assert status in expected, (status, body[:300])
            bodies[n] = body

    began = time.perf_counter()
    async with asyncio.timeout(PATIENCE_S):
        await asyncio.gather(*(share(at) for at in range(min(len(over), len(requests)))))
    return time.perf_counter() - began, bodies


def read(body: bytes) -> Any:
    """Return what an answer says."""
    return json.loads(body)
