"""Drops the bytes of copies that were taken off, while the server serves: at its start and every hour."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

from litestar import Litestar

from sync.server.service.context import Context
from sync.server.service.take_blob import Blobs, sweep
from sync.server.storage.engine import StorageFault

logger = logging.getLogger(__name__)

EVERY_S: Final = 3600.0


@asynccontextmanager
async def sweeps(app: Litestar) -> AsyncIterator[None]:
    """Sweep in a thread of its own turn; ends with the application. A server without copies has nothing to sweep."""
    blobs: Blobs | None = app.state.blobs
    if blobs is None:
        yield
        return
    ended = asyncio.Event()
    task = asyncio.create_task(_run(app.state.service.context, blobs, ended))
    try:
        yield
    finally:
        ended.set()
        await task


async def _run(context: Context, blobs: Blobs, ended: asyncio.Event) -> None:
    while not ended.is_set():
        try:
            await asyncio.to_thread(sweep, context, blobs)
        except (StorageFault, OSError) as fault:
            logger.warning("sweep.failed error=%s", type(fault).__name__)  # the next one looks again
        with suppress(TimeoutError):
            await asyncio.wait_for(ended.wait(), EVERY_S)
