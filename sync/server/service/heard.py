"""Keeps when each window's counter was last heard, so that every process knows which windows are cut off."""

import logging
from typing import Final

from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.storage import blocks
from sync.server.storage.engine import StorageFault

logger = logging.getLogger(__name__)

EVERY_MS: Final = 20_000
"""So often at most it is written down; a counter asks every half minute at least (``sync.client.session``)."""


def heard_from(context: Context, caller: Caller) -> None:
    """Take note that a window's counter asked for something; of other callers none is taken."""
    if caller.window is None:
        return
    now_ms, key = context.clock.now_ms(), (caller.hall, caller.window)
    if 0 <= now_ms - context.heard.get(key, -EVERY_MS) < EVERY_MS:
        return
    try:
        context.storage.write(lambda connection: blocks.put_heard(connection, *key, now_ms))
    except StorageFault as fault:
        logger.warning("heard.failed error=%s", type(fault).__name__)  # what was asked is answered all the same
    else:
        context.heard[key] = now_ms
