"""Keeps when each window's counter was last heard, so that every process knows which windows are cut off."""

import logging
from collections.abc import Collection
from typing import Final

from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.storage import blocks
from sync.server.storage.engine import StorageFault

logger = logging.getLogger(__name__)

EVERY_MS: Final = 20_000
"""So often at most it is written down; a counter asks every half minute at least (``sync.client.session``)."""


def due(context: Context, hall: str, windows: Collection[str]) -> list[str]:
    """Return those of the windows of which it is to be written down again."""
    now_ms = context.clock.now_ms()
    return [each for each in windows if not 0 <= now_ms - context.heard.get((hall, each), -EVERY_MS) < EVERY_MS]


def written(context: Context, hall: str, windows: Collection[str]) -> None:
    """Take note, after the commit, that it was written down."""
    now_ms = context.clock.now_ms()
    context.heard.update({(hall, each): now_ms for each in windows})


def heard_from(context: Context, caller: Caller) -> None:
    """Take note that a window's counter asked for something; of other callers none is taken."""
    windows = [] if caller.window is None else due(context, caller.hall, [caller.window])
    if not windows:
        return
    now_ms = context.clock.now_ms()
    try:
        context.storage.write(lambda connection: blocks.put_all_heard(connection, caller.hall, windows, now_ms))
    except StorageFault as fault:
        logger.warning("heard.failed error=%s", type(fault).__name__)  # what was asked is answered all the same
    else:
        written(context, caller.hall, windows)
