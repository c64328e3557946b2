"""The control port of a simulator: one JSON object a line, so that tests and the desk can act on the other side."""

import json
import socket
import threading
from collections.abc import Callable
from typing import Any, Self

from typing_extensions import override

from devices.simulation.tcp import TcpDevice

MAX_LINE = 64 * 1024

Handler = Callable[[dict[str, Any]], dict[str, Any]]


class ControlServer(TcpDevice):
    """Answers ``{"do": …}`` with what ``handler`` returns plus ``"ok": true``.

    ``handler`` runs in the connection's thread, one call at a time. A ``ValueError`` or ``KeyError`` it raises becomes
    ``{"ok": false, "error": "bad_request", "message": …}``; a line over 64 KiB ends the connection.
    """

    def __init__(self, host: str, port: int, handler: Handler) -> None:
        super().__init__(host, port)
        self._handler = handler
        self._turn = threading.Lock()

    @override
    def _serve(self, connection: socket.socket) -> None:
        with connection.makefile("rb") as lines:
            while line := lines.readline(MAX_LINE + 1):
                if len(line) > MAX_LINE:
                    connection.sendall(_line(_refusal("line_too_long", f"over {MAX_LINE} bytes")))
                    return
                connection.sendall(_line(self._answer(line)))

    def _answer(self, line: bytes) -> dict[str, Any]:
        try:
            request = json.loads(line)
        except (ValueError, RecursionError) as error:
            return _refusal("bad_json", str(error))
        if not isinstance(request, dict):
            return _refusal("bad_request", "an object is needed")
        try:
            with self._turn:
                return {"ok": True, **self._handler(request)}
        except (ValueError, KeyError) as error:
            return _refusal("bad_request", str(error))


class ControlClient:
    """One connection to a control port; use it as a context manager."""

    def __init__(self, host: str, port: int, timeout_s: float = 5.0) -> None:
        self._socket = socket.create_connection((host, port), timeout=timeout_s)
        self._lines = self._socket.makefile("rb")

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """Send one request and return its answer.

        Raises:
            OSError: the server hung up, or did not answer in time.
        """
        self._socket.sendall(_line(request))
        line = self._lines.readline(MAX_LINE + 1)
        if not line.endswith(b"\n"):
            raise ConnectionError("the control port hung up")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def close(self) -> None:
        """Hang up."""
        self._lines.close()
        self._socket.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _refusal(code: str, message: str) -> dict[str, Any]:
    return {"ok": False, "error": code, "message": message}


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"
