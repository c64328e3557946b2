"""A scanner without hardware: what its control port is told to scan goes out on a TCP port, as it would on a line."""

import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from devices.scanner.codec import CHARSETS
from devices.simulation.tcp import TcpService

ENDS: Final = {"cr": b"\r", "lf": b"\n", "crlf": b"\r\n", "none": b""}
CHUNK: Final = 4096


class ScannerSimulator:
    """Sends to every connection what it scans; ``handle`` is the control port's handler."""

    def __init__(self, host: str, port: int) -> None:
        self._lock = threading.Lock()
        self._connections: set[socket.socket] = set()
        self._scans = 0
        self._service = TcpService(host, port, self._serve)

    @property
    def address(self) -> tuple[str, int]:
        """Host and real port, known after ``start``."""
        return self._service.address

    def start(self) -> None:
        """Plug in."""
        self._service.start()

    def stop(self) -> None:
        """Unplug for good."""
        self._service.stop()

    def handle(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Do one thing with the scanner and return its state.

        ``{"do": "scan", "text": "…"}`` with an optional ``end`` (cr, lf, crlf, none; default cr) and ``charset``
        (utf-8, gb18030); ``{"do": "raw", "hex": "…"}`` sends these bytes; ``unplug``; ``plug``; ``state``.

        Raises:
            ValueError: the request makes no sense, or nobody is connected who could hear a scan.
            KeyError: ``text`` or ``hex`` is missing.
        """
        match request.get("do"):
            case "scan":
                self._send(_bytes(request))
            case "raw":
                self._send(bytes.fromhex(request["hex"]))
            case "unplug":
                self._service.stop()
            case "plug":
                self._service.start()
            case "state":
                pass
            case what:
                raise ValueError(f"cannot do {what!r}")
        with self._lock:
            return {"listeners": len(self._connections), "scans": self._scans}

    def _send(self, data: bytes) -> None:
        with self._lock:
            if not self._connections:
                raise ValueError("nobody listens to the scanner")
            for connection in self._connections:
                with suppress(OSError):  # who hangs up just now hears nothing, as with a pulled cable
                    connection.sendall(data)
            self._scans += 1

    def _serve(self, connection: socket.socket) -> None:
        with self._lock:
            self._connections.add(connection)
        try:
            while connection.recv(CHUNK):
                pass  # a counter sends nothing to a scanner; what comes is dropped
        finally:
            with self._lock:
                self._connections.discard(connection)


def _bytes(request: Mapping[str, Any]) -> bytes:
    end, charset = str(request.get("end", "cr")), str(request.get("charset", CHARSETS[0]))
    if end not in ENDS or charset not in CHARSETS:
        raise ValueError(f"end is one of {', '.join(ENDS)}, charset one of {', '.join(CHARSETS)}")
    return str(request["text"]).encode(charset) + ENDS[end]
