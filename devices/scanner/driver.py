"""The thread that listens to a serial scanner and opens its port again when it was unplugged."""

import logging
import threading
from typing import Final

from app.ports.scanner import Listener, ScannerBack, ScannerLost
from devices.errors import DeviceError
from devices.scanner.codec import ScanParser
from devices.transport import BytePort

log = logging.getLogger(__name__)

RETRY_S: Final = 1.0
IDLE_S: Final = 0.25
"""How long a read waits for the first byte of a scan."""
BURST_S: Final = 0.02
"""The bytes of one burst follow each other within this time."""
SILENCE_S: Final = 0.1
"""A scan without a terminator ends when the line is silent for so long."""
CHUNK: Final = 4096


class SerialScanner:
    """A ``Scanner`` on a byte stream. It never sends anything; a lost port is tried again every ``retry_s`` seconds."""

    def __init__(self, port: BytePort, *, retry_s: float = RETRY_S) -> None:
        self._port = port
        self._retry_s = retry_s
        self._parser = ScanParser()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._there: bool | None = None

    def start(self, listener: Listener) -> None:
        """Begin watching; ``listener`` is called in the scanner's thread. A scanner is started once."""
        self._thread = threading.Thread(target=self._run, args=(listener,), name="scanner", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop watching and wait until the thread has ended and the port is closed."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self, listener: Listener) -> None:
        while not self._stopping.is_set():
            try:
                self._port.open()
                self._back(listener)
                self._listen(listener)
            except DeviceError as error:
                self._lost(error, listener)
                self._stopping.wait(self._retry_s)
        self._port.close()

    def _listen(self, listener: Listener) -> None:
        self._parser.reset()
        while not self._stopping.is_set():
            data = self._port.read(1, SILENCE_S if self._parser.pending else IDLE_S)
            events = self._parser.feed(data + self._port.read(CHUNK, BURST_S)) if data else self._parser.end()
            for event in events:
                listener(event)

    def _back(self, listener: Listener) -> None:
        if self._there is not True:
            self._there = True
            log.info("scanner_back")
            listener(ScannerBack())

    def _lost(self, error: DeviceError, listener: Listener) -> None:
        if self._there is not False:
            self._there = False
            log.warning("scanner_lost reason=%s", error.reason)
            listener(ScannerLost(error.reason, error.advice))
