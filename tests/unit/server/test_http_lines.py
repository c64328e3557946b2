"""What clients garble ends their line and no more: nothing of it is an incident in the log."""

import asyncio
from typing import Any

import pytest
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from sync.server.http import http_lines
from sync.server.http.http_lines import HttpLine

HEAD = b"POST / HTTP/1.1\r\nHost: hall\r\nTransfer-Encoding: chunked\r\n\r\n"
A_WHILE_S = 60


async def answers_unread(_scope: Any, _receive: Any, send: Any) -> None:
    """Answer before the body is there, as a refusal does."""
    await send({"type": "http.response.start", "status": 405, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


async def told(line: type[H11Protocol], *parts: bytes, app: Any = answers_unread) -> tuple[bytes, list[str]]:
    """Send the parts, each after something was heard; return all that was heard and the loop's complaints."""
    loop, complaints = asyncio.get_running_loop(), list[str]()
    loop.set_exception_handler(lambda _loop, context: complaints.append(context["message"]))
    config = uvicorn.Config(app, http=line, ws="none", log_config=None)
    config.load()
    server = await loop.create_server(lambda: line(config, ServerState(), {}), "127.0.0.1", 0)
    async with asyncio.timeout(A_WHILE_S), server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        heard = b""
        for part in parts:
            writer.write(part)
            heard += await reader.read(4096)
        heard += await reader.read()
        writer.close()
    return heard, complaints


@pytest.mark.parametrize(("line", "loud"), [(HttpLine, False), (H11Protocol, True)])
def test_a_body_that_is_no_http_after_its_answer_hangs_up(line: type[H11Protocol], *, loud: bool) -> None:
    heard, complaints = asyncio.run(told(line, HEAD, b"zz\r\nno chunk\r\n"))
    assert heard.startswith(b"HTTP/1.1 405 ")
    assert heard.count(b"HTTP/1.1") == 1
    assert bool(complaints) is loud


def test_what_is_no_http_from_the_beginning_is_told_so() -> None:
    heard, complaints = asyncio.run(told(HttpLine, b"no HTTP at all\r\n\r\n"))
    assert (heard[:13], complaints) == (b"HTTP/1.1 400 ", [])


@pytest.mark.parametrize(
    "begun", [b"", b"GET / HT", HEAD[:-2], b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nno"]
)
def test_who_sends_a_request_without_end_is_hung_up_on(monkeypatch: pytest.MonkeyPatch, begun: bytes) -> None:
    monkeypatch.setattr(http_lines, "REQUEST_S", 0.05)

    async def waits_for_the_body(_scope: Any, receive: Any, _send: Any) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    assert asyncio.run(told(HttpLine, begun, app=waits_for_the_body)) == (b"", [])


def test_an_answer_may_take_as_long_as_it_likes() -> None:
    made: list[Any] = []

    class Seen(HttpLine):
        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            made.append((self, self._late))

    async def answers(_scope: Any, _receive: Any, send: Any) -> None:
        line, began = made[0]
        assert began.cancelled()
        assert line._late is None
        await answers_unread(_scope, _receive, send)

    request = b"GET / HTTP/1.1\r\nHost: hall\r\nConnection: close\r\n\r\n"
    heard, complaints = asyncio.run(told(Seen, request, app=answers))
    assert (heard[:12], complaints) == (b"HTTP/1.1 405", [])
