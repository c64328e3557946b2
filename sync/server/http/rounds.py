"""Runs the passes that time alone asks for while the server serves: silence that accepts, cards (domain rule I44)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from litestar import Litestar

from app.domain.business_day import business_date
from sync.server.service.rounds import Rounds
from sync.server.storage.anchor_files import AnchorFiles

TICK_S = 0.25
"""How often the clock is looked at: by the service's own clock a round is due, or by waiting as long."""


@asynccontextmanager
async def rounds(app: Litestar) -> AsyncIterator[None]:
    """Look at once and then every so often, in a thread of its own turn; ends with the application."""
    ended = asyncio.Event()
    anchors = AnchorFiles(app.state.data) if app.state.data is not None else None
    task = asyncio.create_task(_run(app, Rounds(app.state.service.context, anchors), ended))
    try:
        yield
    finally:
        ended.set()
        await task


async def _run(app: Litestar, turns: Rounds, ended: asyncio.Event) -> None:
    clock = app.state.service.context.clock
    while not ended.is_set():
        looked_ms = clock.now_ms()
        seconds = await asyncio.to_thread(turns.look)
        app.state.looked_ms = looked_ms
        waited = 0.0
        while not ended.is_set() and waited < seconds and not _due(looked_ms, clock.now_ms(), seconds):
            waited += TICK_S
            with suppress(TimeoutError):
                await asyncio.wait_for(ended.wait(), TICK_S)


def _due(looked_ms: int, now_ms: int, seconds: int) -> bool:
    """A round is due after so many seconds of the service's own clock, and with every new day."""
    return abs(now_ms - looked_ms) >= seconds * 1000 or business_date(now_ms) != business_date(looked_ms)
