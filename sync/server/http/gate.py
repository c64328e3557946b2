"""Says "not now" before a request is read: too many wait for an answer already, or the disk is short (sync.md 1).

A counter that is sent away keeps what it has and comes back; one that is let in and then waits longer than it listens
has made the server work for nothing.
"""

from typing import Final

from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from app.domain.disk_room import Room
from sync.protocol.messages import MAX_PUSH_BYTES
from sync.server.service.refusals import refusal
from sync.server.storage.disk import DiskWatch

MOST: Final = 200
"""Requests that may wait for their answer in one process: more than a hall has windows, and few enough that the last of
them is answered within the five seconds a counter listens, at 25 ms each. Measured on 2026-11-23, one process on a
machine of 2 cores with a load of ten besides: 250 and 400 tickets asked for at once, three volleys each on SQLite and
PostgreSQL: 200 are let in and the last of them is answered after 3.0 to 4.9 s; the others hear 503 within 1.3 s."""
PUSHED: Final = 2 << 20
"""Bytes of pushes that may wait in one process: some 1,500 operations. Without a bound every window of a hall that
comes back after a week cut off would wait longer than it listens, and push the same again. One is always let in."""
SMALL: Final = 64 << 10
"""A push of so few bytes counts but is not sent away: windows at work go on while others come back."""
_READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class Gate(ASGIMiddleware):
    """Counts what is let in until its answer begins, so that an open stream counts no more."""

    scopes = (ScopeType.HTTP,)
    exclude_path_pattern = "^/healthz$"

    def __init__(self, disk: DiskWatch, most: int = MOST) -> None:
        self._disk = disk
        self._most = most
        self._waiting = 0
        self._pushed = 0

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Let the request in.

        Raises:
            Refused: ``overloaded``; ``server_full`` for what would write.
        """
        size = _pushes(scope)
        if self._waiting >= self._most or (size > SMALL and self._pushed and self._pushed + size > PUSHED):
            raise refusal("overloaded")
        if not _reads(scope) and self._disk.room() is Room.NO_CASES:
            raise refusal("server_full")
        waits = True

        def answered() -> None:
            nonlocal waits
            self._waiting -= waits
            self._pushed -= size * waits
            waits = False

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                answered()
            await send(message)

        self._waiting += 1
        self._pushed += size
        try:
            await next_app(scope, receive, sent)
        finally:
            answered()


def _reads(scope: Scope) -> bool:
    """Say whether nothing is written for the request: what a counter names for its snapshot is a long question."""
    return scope["method"] in _READS or scope["path"] == "/v1/sync/snapshot"  # type: ignore[typeddict-item]


def _pushes(scope: Scope) -> int:
    """Return how many bytes of operations a request brings; who does not say how many may bring as many as fit."""
    if scope["path"] != "/v1/sync/push":
        return 0
    said = next((value for name, value in scope.get("headers", ()) if name == b"content-length"), b"")
    return min(int(said), MAX_PUSH_BYTES) if said.isdigit() else MAX_PUSH_BYTES
