"""A window display without hardware: decodes what it is sent and says on its control port what it shows."""

import socket
import threading
from collections.abc import Mapping
from typing import Any

from devices.display.frames import take
from devices.simulation.tcp import TcpService

CHUNK = 256


class DisplaySink:
    """Listens for display frames; ``handle`` is the control port's handler."""

    def __init__(self, host: str, port: int) -> None:
        self._shown: dict[int, int] = {}
        self._lock = threading.Lock()
        self._service = TcpService(host, port, self._serve)

    @property
    def address(self) -> tuple[str, int]:
        """Host and real port, known after ``start``."""
        return self._service.address

    def start(self) -> None:
        """Listen."""
        self._service.start()

    def stop(self) -> None:
        """Stop listening and end every connection."""
        self._service.stop()

    def handle(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Return ``{"shown": {address: number}}`` to ``{"do": "state"}``.

        Raises:
            ValueError: anything else was asked.
        """
        if request.get("do") != "state":
            raise ValueError("a display only knows its state")
        with self._lock:
            return {"shown": {str(address): number for address, number in self._shown.items()}}

    def _serve(self, connection: socket.socket) -> None:
        buffer = bytearray()
        while data := connection.recv(CHUNK):
            buffer += data
            while (shown := take(buffer)) is not None:
                with self._lock:
                    self._shown[shown.address] = shown.number
