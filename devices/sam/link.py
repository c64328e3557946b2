"""One question, one answer over the line to a SAM module."""

from collections.abc import Callable

from app.ports.clock import Clock
from app.ports.device_fault import FaultReason
from devices.errors import DeviceError
from devices.sam.commands import Answer, Command, parse_answer
from devices.sam.frames import Frame, FrameParser, encode
from devices.transport import BytePort

SLICE_MS = 100
AFTER_GARBAGE_MS = 200
"""An answer that follows garbage comes at once, or not at all."""


class SamLink:
    """Asks a module over ``port``; ``cancelled`` makes a wait for an answer end within 100 ms."""

    def __init__(self, port: BytePort, clock: Clock, cancelled: Callable[[], bool] = lambda: False) -> None:
        self._port = port
        self._clock = clock
        self._cancelled = cancelled
        self._parser = FrameParser()

    def open(self) -> None:
        """Open the line, or open it again."""
        self._port.open()

    def close(self) -> None:
        """Close the line."""
        self._port.close()

    def ask(self, command: Command) -> Answer:
        """Send ``command`` on a clean line and wait for its answer.

        Raises:
            DeviceError: ``SILENT`` or ``GARBLED`` when the time is over, ``DISCONNECTED`` when the line is gone.
        """
        self._port.drain()
        self._parser.reset()
        self._port.write(encode(command.code))
        deadline = self._clock.monotonic_ms() + command.timeout_ms
        heard = False
        while (left := deadline - self._clock.monotonic_ms()) > 0 and not self._cancelled():
            data = self._port.read(self._parser.missing, min(left, SLICE_MS) / 1000)
            heard = heard or bool(data)
            for event in self._parser.feed(data):
                if isinstance(event, Frame):
                    return parse_answer(event.payload)
                deadline = min(deadline, self._clock.monotonic_ms() + AFTER_GARBAGE_MS)
        raise DeviceError(FaultReason.GARBLED if heard else FaultReason.SILENT, f"command={command.code.hex()}")
