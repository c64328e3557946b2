"""A window display without hardware: decodes what it is sent by its template; its control port says what it shows.

What it does not decode it does not answer, as a real board; with an answer in the template it answers all else.
"""

import socket
import threading
from collections.abc import Mapping
from typing import Any

from typing_extensions import override

from devices.display.forms import Unfit, Value
from devices.display.frames import Decoder, Heard, known_decoder
from devices.display.parts import Frame
from devices.display.template import Template
from devices.simulation.tcp import TcpDevice

CHUNK = 256


class DisplaySink(TcpDevice):
    """Listens for display frames; ``handle`` is the control port's handler. Without a template it knows two models."""

    def __init__(self, host: str, port: int, template: Template | None = None) -> None:
        self._decoder = known_decoder() if template is None else Decoder([template])
        self._answer = template.ack.frame if template is not None and template.ack is not None else None
        self._mute = False
        super().__init__(host, port)
        self._shown: dict[str, Value] = {}
        self._frames = 0
        self._last: dict[str, Value] = {}
        self._lock = threading.Lock()

    def handle(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Return ``{"shown": {address: what}, "frames": count, "last": fields}`` after one of these.

        ``{"do": "state"}``; ``unplug``; ``plug``; ``{"do": "mute", "on": true}``: no more answers.

        Raises:
            ValueError: anything else was asked.
        """
        match request.get("do"):
            case "state":
                pass
            case "unplug":
                self._service.stop()
            case "plug":
                self._service.start()
            case "mute":
                self._mute = request.get("on") is True
            case what:
                raise ValueError(f"a display cannot do {what!r}")
        with self._lock:
            return {"shown": dict(self._shown), "frames": self._frames, "last": dict(self._last)}

    @override
    def _serve(self, connection: socket.socket) -> None:
        buffer = bytearray()
        while data := connection.recv(CHUNK):
            buffer += data
            while (heard := self._decoder.take(buffer)) is not None:
                self._show(heard)
                if self._answer is not None and not self._mute:
                    connection.sendall(_answer(self._answer, heard.values))

    def _show(self, heard: Heard) -> None:
        """Remember what stands there: the number or the text of a frame, nothing after a clear."""
        what = heard.values.get("ticket", heard.values.get("text", ""))
        with self._lock:
            self._shown[str(heard.values.get("addr", 0))] = what
            self._frames += 1
            self._last = {"kind": heard.kind.value, **heard.values}


def _answer(frame: Frame, values: Mapping[str, Value]) -> bytes:
    """Return an answer that fits the pattern; where any byte will do it is 0."""
    try:
        return b"".join(frame.without_any().render(values))
    except Unfit:
        return b""
