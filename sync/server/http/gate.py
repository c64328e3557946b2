"""Says "not now" before a request is read: too many wait for an answer already, or the disk is short (sync.md 1).

A counter that is sent away keeps what it has and comes back; one that is let in and then waits longer than it listens
has made the server work for nothing.
"""

from typing import Final

from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from app.domain.disk_room import Room
from sync.server.service.refusals import refusal
from sync.server.storage.disk import DiskWatch

MOST: Final = 200
"""Requests that may wait for their answer in one process: more than a hall has windows, and few enough that the last of
them is answered within the five seconds a counter listens, at 25 ms each."""
_READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class Gate(ASGIMiddleware):
    """Counts what is let in until its answer begins, so that an open stream counts no more."""

    scopes = (ScopeType.HTTP,)
    exclude_path_pattern = "^/healthz$"

    def __init__(self, disk: DiskWatch, most: int = MOST) -> None:
        self._disk = disk
        self._most = most
        self._waiting = 0

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Let the request in.

        Raises:
            Refused: ``overloaded``; ``server_full`` for what would write.
        """
        if self._waiting >= self._most:
            raise refusal("overloaded")
        if scope["method"] not in _READS and self._disk.room() is Room.NO_CASES:  # type: ignore[typeddict-item]
            raise refusal("server_full")
        waits = True

        def answered() -> None:
            nonlocal waits
            self._waiting -= waits
            waits = False

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                answered()
            await send(message)

        self._waiting += 1
        try:
            await next_app(scope, receive, sent)
        finally:
            answered()
