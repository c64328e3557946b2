"""A keypad without hardware: what its control port presses goes out as its template's bytes; prompts are counted."""

import socket
import threading
from collections.abc import Mapping
from typing import Any

from typing_extensions import override

from app.domain.rating import Grade
from devices.display.parts import Match
from devices.evaluator.template import KeypadTemplate
from devices.simulation.hearers import Hearers
from devices.simulation.tcp import TcpDevice

CHUNK = 256


class KeypadSimulator(TcpDevice):
    """Sends to every connection what is pressed; ``handle`` is the control port's handler."""

    def __init__(self, host: str, port: int, template: KeypadTemplate) -> None:
        super().__init__(host, port)
        self._template = template
        self._values = {**template.values, "addr": 0, "window": ""}
        self._lock = threading.Lock()
        self._hearers = Hearers()
        self._prompts: list[str] = []

    def handle(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Return ``{"listeners", "prompts"}`` after one of these.

        ``{"do": "press", "grade": 1…5}``; ``{"do": "raw", "hex": "…"}``; ``unplug``; ``plug``; ``state``.

        Raises:
            ValueError: the request makes no sense, or nobody is connected who could hear a key.
            KeyError: ``grade`` or ``hex`` is missing.
        """
        match request.get("do"):
            case "press":
                frame = self._template.grades[Grade(request["grade"])]
                self._send(b"".join(frame.without_any().render(self._values)))
            case "raw":
                self._send(bytes.fromhex(request["hex"]))
            case "unplug":
                self.stop()
            case "plug":
                self.start()
            case "state":
                pass
            case what:
                raise ValueError(f"a keypad cannot do {what!r}")
        with self._lock:
            return {"listeners": len(self._hearers), "prompts": list(self._prompts)}

    def _send(self, data: bytes) -> None:
        self._hearers.say(data, "keypad")

    @override
    def _serve(self, connection: socket.socket) -> None:
        buffer = b""
        with self._hearers.joined(connection):
            while data := connection.recv(CHUNK):
                buffer = self._heard((buffer + data)[-CHUNK:])

    def _heard(self, buffer: bytes) -> bytes:
        """Count the prompts in what came, and return what may be the beginning of another."""
        start = 0
        while start < len(buffer):
            found = {name: frame.match(buffer, start) for name, frame in self._template.prompts.items()}
            whole = next(((name, each) for name, each in found.items() if isinstance(each, Match)), None)
            if whole is not None:
                with self._lock:
                    self._prompts.append(whole[0].value)
                start += whole[1].length
            elif any(found.values()):
                return buffer[start:]
            else:
                start += 1
        return b""
