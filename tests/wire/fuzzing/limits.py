"""A bound on steps and memory: how many lines of Python ran, and how much was allocated at the worst."""

import sys
import tracemalloc
from collections.abc import Callable
from types import FrameType
from typing import Any


class _TooMany(BaseException):
    """Ends what does not end by itself; no handler of a parser takes it for one of its own errors."""


def ends_within(act: Callable[[], object], most: int) -> bool:
    """Run something and say whether it took at most so many lines of Python; it is stopped when it takes more."""
    left = most

    def count(_frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal left
        if event == "line":
            left -= 1
            if left < 0:
                raise _TooMany
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        act()
    except _TooMany:
        return False
    finally:
        sys.settrace(before)
    return True


def peak_memory(act: Callable[[], object]) -> int:
    """Run something and return the most bytes of Python memory it held at once."""
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        act()
        return tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()
