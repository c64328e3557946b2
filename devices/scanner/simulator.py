"""A scanner without hardware: what its control port is told to scan goes out on a TCP port, as it would on a line."""

import socket
import threading
from collections.abc import Mapping, Sequence
from typing import Any, Final

from typing_extensions import override

from devices.scanner.codec import CHARSETS
from devices.simulation.hearers import Hearers
from devices.simulation.tcp import TcpDevice

ENDS: Final = {"cr": b"\r", "lf": b"\n", "crlf": b"\r\n", "none": b""}
CHUNK: Final = 4096
MAX_GAP_MS: Final = 1_000


class ScannerSimulator(TcpDevice):
    """Sends to every connection what it scans; ``handle`` is the control port's handler."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(host, port)
        self._lock = threading.Lock()
        self._hearers = Hearers()
        self._stopping = threading.Event()
        self._scans = 0

    def handle(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Do one thing with the scanner and return its state.

        ``{"do": "scan", "text": "…"}`` with an optional ``end`` (cr, lf, crlf, none; default cr) and ``charset``
        (utf-8, gb18030); ``{"do": "raw", "hex": "…"}`` sends these bytes; both with an optional ``gaps_ms``, a list: so
        long each byte keeps the next one waiting, and the list begins anew when it is over; ``unplug``; ``plug``;
        ``state``.

        Raises:
            ValueError: the request makes no sense, or nobody is connected who could hear a scan.
            KeyError: ``text`` or ``hex`` is missing.
        """
        match request.get("do"):
            case "scan":
                self._send(_bytes(request), _gaps(request))
            case "raw":
                self._send(bytes.fromhex(request["hex"]), _gaps(request))
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

    def _send(self, data: bytes, gaps_ms: Sequence[int]) -> None:
        if not gaps_ms:
            self._hearers.say(data, "scanner")
        for at, byte in enumerate(data if gaps_ms else b""):
            self._hearers.say(bytes((byte,)), "scanner")
            self._stopping.wait(gaps_ms[at % len(gaps_ms)] / 1000)
        with self._lock:
            self._scans += 1

    @override
    def stop(self) -> None:
        """Pull the plug; what is being scanned slowly is over at once."""
        self._stopping.set()
        super().stop()

    @override
    def _serve(self, connection: socket.socket) -> None:
        with self._hearers.joined(connection):
            while connection.recv(CHUNK):
                pass  # a counter sends nothing to a scanner; what comes is dropped


def _gaps(request: Mapping[str, Any]) -> Sequence[int]:
    gaps = request.get("gaps_ms", [])
    if not isinstance(gaps, list) or not all(type(each) is int and 0 <= each <= MAX_GAP_MS for each in gaps):
        raise ValueError(f"gaps_ms is a list of whole numbers from 0 to {MAX_GAP_MS}")
    return gaps


def _bytes(request: Mapping[str, Any]) -> bytes:
    end, charset = str(request.get("end", "cr")), str(request.get("charset", CHARSETS[0]))
    if end not in ENDS or charset not in CHARSETS:
        raise ValueError(f"end is one of {', '.join(ENDS)}, charset one of {', '.join(CHARSETS)}")
    return str(request["text"]).encode(charset) + ENDS[end]
