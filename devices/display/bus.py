"""A lock for a line that several programs of one computer share: an RS-485 bus takes one speaker at a time."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from app.ports.clock import Clock
from app.ports.device_fault import FaultReason
from devices.errors import DeviceError

WAIT_MS = 2_000
POLL_S = 0.01


class BusLock:
    """A file that is locked while one program speaks; the system lets go of it when a program dies."""

    def __init__(self, path: Path, clock: Clock, *, wait_ms: int = WAIT_MS) -> None:
        self._path = path
        self._clock = clock
        self._wait_ms = wait_ms
        self._pause = threading.Event()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Wait for the bus and keep it until the block ends.

        Raises:
            DeviceError: ``PORT_BUSY``, another program kept it too long, or the file cannot be made.
        """
        try:
            file = self._path.open("a+b")
        except OSError as error:
            raise DeviceError(FaultReason.PORT_BUSY, str(error)) from error
        with file:
            deadline = self._clock.monotonic_ms() + self._wait_ms
            while not _take(file):
                if self._clock.monotonic_ms() >= deadline:
                    raise DeviceError(FaultReason.PORT_BUSY, str(self._path))
                self._pause.wait(POLL_S)
            try:
                yield
            finally:
                _leave(file)


if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> bool:
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _leave(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _leave(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
