"""A scanner without hardware: what its control port is told to scan goes out on a TCP port, as it would on a line."""

import socket
import threading
from collections.abc import Mapping
from typing import Any, Final

from typing_extensions import override

from devices.scanner.codec import CHARSETS
from devices.simulation.hearers import Hearers
from devices.simulation.tcp import TcpDevice

ENDS: Final = {"cr": b"\r", "lf": b"\n", "crlf": b"\r\n", "none": b""}
CHUNK: Final = 4096


class ScannerSimulator(TcpDevice):
    """Sends to every connection what it scans; ``handle`` is the control port's handler."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(host, port)
        self._lock = threading.Lock()
        self._hearers = Hearers()
        self._scans = 0

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
            return {"listeners": len(self._hearers), "scans": self._scans}

    def _send(self, data: bytes) -> None:
        self._hearers.say(data, "scanner")
        with self._lock:
            self._scans += 1

    @override
    def _serve(self, connection: socket.socket) -> None:
        with self._hearers.joined(connection):
            while connection.recv(CHUNK):
                pass  # a counter sends nothing to a scanner; what comes is dropped


def _bytes(request: Mapping[str, Any]) -> bytes:
    end, charset = str(request.get("end", "cr")), str(request.get("charset", CHARSETS[0]))
    if end not in ENDS or charset not in CHARSETS:
        raise ValueError(f"end is one of {', '.join(ENDS)}, charset one of {', '.join(CHARSETS)}")
    return str(request["text"]).encode(charset) + ENDS[end]
