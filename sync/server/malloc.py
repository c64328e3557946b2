"""Keeps what the C library holds of memory that nobody needs any more small: glibc's malloc, see mallopt(3)."""

import ctypes
import platform
from typing import Final

LARGE: Final = 128 << 10
"""Bytes from which a block is a mapping of its own, which goes back to the system at once. glibc begins with as many,
but raises them to the largest block that was freed, up to 32 MiB: after one password (19 MiB of Argon2) the heap of
every thread that ever checked one would keep as much for the next."""
TOP: Final = 1 << 20
"""Free bytes at the end of a heap that stay there for the next request; glibc's 128 KiB would come and go with each."""
ARENAS: Final = 2
"""Heaps that the threads share; glibc gives each thread one of its own, up to eight a processor, with gaps of its own.
Most of what allocates here holds the interpreter's lock anyway, so that few would wait for one another."""
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
"""Of its malloc.h."""


def keep_small() -> None:
    """Set all three for this process, before its threads begin. Another C library is left as it is."""
    if platform.libc_ver()[0] == "glibc":
        libc = ctypes.CDLL(None)
        libc.mallopt(_M_MMAP_THRESHOLD, LARGE)
        libc.mallopt(_M_TRIM_THRESHOLD, TOP)
        libc.mallopt(_M_ARENA_MAX, ARENAS)
