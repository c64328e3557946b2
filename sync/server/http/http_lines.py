"""One line to a client, as uvicorn speaks HTTP on it; what clients garble or dribble ends their line, and no more."""

import asyncio

from h11 import IDLE, SEND_BODY, LocalProtocolError
from typing_extensions import override
from uvicorn.protocols.http.h11_impl import H11Protocol

REQUEST_S = 90.0
"""How long a request may take to come: a full push on a line of 128 kbit/s takes 70 s. Who sends more slowly, or
nothing at all, would hold a line as long as they like."""


class HttpLine(H11Protocol):
    """Waits for a request for a bounded time, and leaves no traceback in the log for what is no HTTP."""

    _late: asyncio.TimerHandle | None = None

    @override
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        super().connection_made(transport)
        self._watch()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._forget()
        super().connection_lost(exc)

    @override
    def handle_events(self) -> None:
        super().handle_events()
        self._watch()

    @override
    def send_400_response(self, msg: str) -> None:
        """Say that this is no HTTP; where an answer is under way already there is no room for another: hang up."""
        try:
            super().send_400_response(msg)
        except LocalProtocolError:
            self.logger.info("request.garbled")
            self.transport.close()

    def _watch(self) -> None:
        """Count the time while a request is to come or on its way."""
        if self.conn.their_state not in {IDLE, SEND_BODY} or self.transport.is_closing():
            self._forget()
        elif self._late is None:
            self._late = self.loop.call_later(REQUEST_S, self._hang_up)

    def _forget(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _hang_up(self) -> None:
        self.logger.info("request.late")
        self.transport.close()
