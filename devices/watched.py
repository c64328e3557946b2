"""A thread that keeps a port open: what went is told once, what is back is told once, and it tries again in between."""

import logging
import threading
from collections.abc import Callable
from typing import Final

from devices.errors import DeviceError
from devices.transport import BytePort

RETRY_S: Final = 1.0


class WatchedPort:
    """Opens ``port`` and runs the work on it until the line breaks, again and again; ``name`` is the thread's.

    The work looks at ``stopping`` and raises ``DeviceError`` when the line breaks.
    """

    def __init__(self, port: BytePort, name: str, log: logging.Logger, retry_s: float) -> None:
        self._port, self._name, self._log, self._retry_s = port, name, log, retry_s
        self.stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._there: bool | None = None

    def start(self, work: Callable[[], None], back: Callable[[], None], lost: Callable[[DeviceError], None]) -> None:
        """Begin; all three are called in the thread. A port is watched once."""
        self._thread = threading.Thread(target=self._run, args=(work, back, lost), name=self._name, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop and wait until the thread has ended and the port is closed."""
        self.stopping.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self, work: Callable[[], None], back: Callable[[], None], lost: Callable[[DeviceError], None]) -> None:
        while not self.stopping.is_set():
            try:
                self._port.open()
                if self._there is not True:
                    self._there = True
                    self._log.info("%s_back", self._name)
                    back()
                work()
            except DeviceError as error:
                if self._there is not False:
                    self._there = False
                    self._log.warning("%s_lost reason=%s", self._name, error.reason)
                    lost(error)
                self.stopping.wait(self._retry_s)
        self._port.close()
