"""Processes that end with the one that started them, so that a demo leaves nothing running."""

import ctypes
import signal
import sys

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent() -> None:
    """Have Linux send this process SIGTERM when the thread that started it ends; elsewhere nothing happens.

    To be called in the child: after the fork, or first thing in its own code.

    Raises:
        OSError: the kernel refused.
    """
    if _LIBC is None:
        return
    if _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")
