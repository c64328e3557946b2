"""The thread that listens to a serial scanner and opens its port again when it was unplugged."""

import logging
from functools import partial
from typing import Final

from app.ports.scanner import Listener, ScannerBack, ScannerLost
from devices.scanner.codec import ScanParser
from devices.transport import BytePort
from devices.watched import RETRY_S, WatchedPort

log = logging.getLogger(__name__)

IDLE_S: Final = 0.25
"""How long a read waits for the first byte of a scan."""
BURST_S: Final = 0.02
"""The bytes of one burst follow each other within this time."""
SILENCE_S: Final = 0.1
"""What ends a scan without a terminator: several times the pause of the slowest scanner."""
CHUNK: Final = 4096


class SerialScanner:
    """A ``Scanner`` on a byte stream. It never sends anything; a lost port is tried again every ``retry_s`` seconds.

    A scan without a terminator ends after ``silence_s`` seconds without a byte.
    """

    def __init__(self, port: BytePort, *, retry_s: float = RETRY_S, silence_s: float = SILENCE_S) -> None:
        self._port = port
        self._silence_s = silence_s
        self._watched = WatchedPort(port, "scanner", log, retry_s)
        self._parser = ScanParser()

    def start(self, listener: Listener) -> None:
        """Begin watching; ``listener`` is called in the scanner's thread. A scanner is started once."""
        self._watched.start(
            partial(self._listen, listener),
            lambda: listener(ScannerBack()),
            lambda error: listener(ScannerLost(error.reason, error.advice)),
        )

    def stop(self) -> None:
        """Stop watching and wait until the thread has ended and the port is closed."""
        self._watched.stop()

    def _listen(self, listener: Listener) -> None:
        self._parser.reset()
        while not self._watched.stopping.is_set():
            data = self._port.read(1, self._silence_s if self._parser.pending else IDLE_S)
            events = self._parser.feed(data + self._port.read(CHUNK, BURST_S)) if data else self._parser.end()
            for event in events:
                listener(event)
