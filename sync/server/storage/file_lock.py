"""A lock that all processes of a machine see; it ends with the process that holds it, however that ends."""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

if sys.platform != "win32":
    import fcntl


class Locked(Exception):  # noqa: N818 - said to who asks, who tries again
    """Another process holds it."""


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of that file within the block. Windows has one process a server: there is nobody to lock out.

    Raises:
        Locked: somebody else holds it.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("ab") as file:
        if sys.platform != "win32":
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Locked from error
        yield
