"""Runs the application on a socket that is already open, says when it answers, and ends its streams with it."""

import asyncio
import socket
import sys
from collections.abc import Callable

import uvicorn
from litestar import Litestar

from sync.server.http.hints import Hints
from sync.server.http.http_lines import HttpLine

GRACE_S = 3
"""What an unfinished request gets at the end."""
SWITCH_S = 0.0005
"""The loop gives up the interpreter with every write to a line, and gets it back from a thread at work after so long.

With Python's own five milliseconds an answer waits longer for that than for the database.
"""


class _Server(uvicorn.Server):
    """Tells ``ready`` once the port answers, and closes the streams before it waits for open requests."""

    def __init__(self, config: uvicorn.Config, hints: Hints, ready: Callable[[], str | None]) -> None:
        super().__init__(config)
        self._hints = hints
        self._ready = ready
        self._telling: asyncio.Task[None] | None = None
        self.failed: str | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._telling = asyncio.create_task(self._tell())

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._hints.close()
        await super().shutdown(sockets)

    async def _tell(self) -> None:
        self.failed = await asyncio.to_thread(self._ready)
        self.should_exit = self.should_exit or self.failed is not None


def serve(app: Litestar, hints: Hints, listener: socket.socket, ready: Callable[[], str | None]) -> str | None:
    """Serve until a signal; returns what ``ready`` said went wrong, or None."""
    sys.setswitchinterval(SWITCH_S)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        http=HttpLine,
        ws="none",
        timeout_keep_alive=30,
        timeout_graceful_shutdown=GRACE_S,
    )
    server = _Server(config, hints, ready)
    server.run(sockets=[listener])
    return server.failed
