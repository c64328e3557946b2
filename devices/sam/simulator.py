"""A card reader without hardware: a SAM module on a TCP port, with a control port to lay cards and break the line."""

import socket
import threading
from collections.abc import Mapping
from typing import Any

from typing_extensions import override

from app.domain.id_card import IdCard
from devices.sam.commands import MISHEARD, READ
from devices.sam.demo_cards import demo_card
from devices.sam.faults import Fault, FaultKind, within
from devices.sam.fields import from_fields
from devices.sam.frames import Frame, FrameParser, encode
from devices.sam.module import Module
from devices.simulation.tcp import TcpDevice

CHUNK = 4096
PACED_CHUNK = 256
BITS_A_BYTE = 10
"""8N1: eight data bits between a start and a stop bit."""
MAX_BAUD = 10_000_000


class SamSimulator(TcpDevice):
    """Speaks the module's end to every connection; ``handle`` is the control port's handler."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(host, port)
        self._module = Module()
        self._faults: list[Fault] = []
        self._baud = 0
        self._lock = threading.Lock()
        self._stopping = threading.Event()

    @override
    def stop(self) -> None:
        """Stop listening and end every connection, also one that a fault holds back."""
        self._stopping.set()
        super().stop()

    def handle(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Do one thing to the reader and return its state.

        ``{"do": "lay", "card": {…}}`` with the fields of ``devices.sam.fields`` or ``{"do": "lay", "person": "P1"}``,
        both with an optional ``newest_address``; ``lift``; ``fault`` with the fields of ``devices.sam.faults``;
        ``heal`` drops the faults; ``mode`` with ``find_after_read`` true or false; ``pace`` with ``baud``, as slow as a
        serial line of this speed, 0 as fast as it goes; ``unplug``; ``plug``; ``state``.

        Raises:
            ValueError: the request makes no sense.
        """
        what = request.get("do")
        if what == "unplug":
            self._service.stop()
        elif what == "plug":
            self._service.start()
        else:
            with self._lock:
                self._change(what, request)
        with self._lock:
            return {"state": str(self._module.state), "faults": len(self._faults)}

    def _change(self, what: object, request: Mapping[str, Any]) -> None:
        match what:
            case "lay":
                self._module.lay(_card(request), str(request.get("newest_address", "")))
            case "lift":
                self._module.lift()
            case "fault":
                self._faults.append(Fault.from_json(request))
            case "heal":
                self._faults.clear()
            case "mode":
                self._module.find_after_read = bool(request["find_after_read"])
            case "pace":
                self._baud = within(request["baud"], MAX_BAUD)
            case "state":
                pass
            case _:
                raise ValueError(f"cannot do {what!r}")

    @override
    def _serve(self, connection: socket.socket) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        parser = FrameParser()
        while data := connection.recv(CHUNK):
            for event in parser.feed(data):
                if isinstance(event, Frame):
                    self._reply(connection, event.payload)

    def _reply(self, connection: socket.socket, request: bytes) -> None:
        self._take_time(len(encode(request)))
        with self._lock:
            fault = self._next_fault(request)
            answer = self._module.answer(request)
            if fault is not None and request == READ.code and _fails(fault):
                self._module.spoil()
        if fault is None:
            self._send(connection, encode(answer))
        elif fault.kind is FaultKind.UNPLUG:
            self._service.stop()
        else:
            for wait_ms, data in fault.pieces(answer):
                self._stopping.wait(wait_ms / 1000)
                self._send(connection, data)

    def _send(self, connection: socket.socket, data: bytes) -> None:
        size = PACED_CHUNK if self._baud else len(data)
        for at in range(0, len(data), size):
            piece = data[at : at + size]
            self._take_time(len(piece))
            connection.sendall(piece)

    def _take_time(self, count: int) -> None:
        """Wait as long as ``count`` bytes are on their way."""
        if self._baud:
            self._stopping.wait(count * BITS_A_BYTE / self._baud)

    def _next_fault(self, request: bytes) -> Fault | None:
        for fault in self._faults:
            if fault.command in (None, request):
                fault.times -= 1
                if fault.times <= 0:
                    self._faults.remove(fault)
                return fault
        return None


def _fails(fault: Fault) -> bool:
    """Say whether the command was carried out and failed: a module that misheard it has done nothing to the card."""
    return fault.kind is FaultKind.STATUS and fault.sw3 != MISHEARD


def _card(request: Mapping[str, Any]) -> IdCard:
    if "person" in request:
        return demo_card(str(request["person"]))
    try:
        return from_fields(request["card"])
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("a card or a person is needed") from error
