"""How a thread of the network ends: it is waited for, but nobody waits for a server that does not answer."""

import logging
import threading

logger = logging.getLogger(__name__)

STOP_S = 3.0
"""What is under way may still be answered; a snapshot that trickles in may not hold the window open.

A request that is given up so is sent again after the next start: operations and orders bear their own keys.
"""


def ended(thread: threading.Thread, within_s: float = STOP_S) -> bool:
    """Wait for a thread that was told to stop; False when it is still at a request then, and is left to itself."""
    if not thread.is_alive():
        return True
    thread.join(within_s)
    if thread.is_alive():
        logger.warning("thread.left_at_a_request name=%s", thread.name)
    return not thread.is_alive()
