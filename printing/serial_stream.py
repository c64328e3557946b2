"""A printer on a serial port: 9600 to 115200 baud, with the handshake its switches ask for (devices.md 3.4)."""

import os
import select
import sys
from contextlib import suppress

import serial

from printing.address import SerialAddress
from printing.errors import PrinterError, PrinterReason
from printing.streams import CHUNK, WRITE_STALL_MS, why_closed

if sys.platform == "win32":
    GONE: tuple[type[Exception], ...] = (OSError,)
else:
    import termios

    GONE = (OSError, termios.error)
"""What pyserial lets through when a device goes in the middle of a call."""

PIECE = 64
"""Bytes of one blocking write where a line cannot be asked whether it takes more (Windows)."""


class SerialStream:
    """Implements ``printing.streams.Stream``; nobody else may have the port open meanwhile."""

    def __init__(self, address: SerialAddress) -> None:
        """Open the port.

        Raises:
            PrinterError: ``UNREACHABLE``, ``NO_ACCESS`` or ``BUSY``.
        """
        asks = sys.platform != "win32"
        try:
            self._serial = serial.serial_for_url(
                address.device,
                baudrate=address.baud,
                parity=address.parity,
                rtscts=address.flow == "rtscts",
                dsrdtr=address.flow == "dsrdtr",
                xonxoff=address.flow == "xonxoff",
                timeout=0,
                write_timeout=0 if asks else WRITE_STALL_MS / 1000,
                exclusive=asks or None,
            )
        except (*GONE, ValueError) as error:
            raise PrinterError(_why_closed(error), str(error)) from error
        self._asks = asks

    def send(self, data: bytes) -> int:
        """Hand over what the line takes now; a handshake that holds it for ten seconds is silence."""
        try:
            if not self._asks:
                return int(self._serial.write(data[:PIECE]) or 0)
            port = self._serial.fileno()
            if not select.select([], [port], [], WRITE_STALL_MS / 1000)[1]:
                raise PrinterError(PrinterReason.SILENT, "the printer takes no more data")
            return os.write(port, data[:CHUNK])
        except serial.SerialTimeoutException as error:
            # How much of the piece went is not known: what may have been taken counts as taken.
            raise PrinterError(PrinterReason.SILENT, str(error), accepted=PIECE) from error
        except BlockingIOError:
            return 0
        except GONE as error:
            raise PrinterError(PrinterReason.UNREACHABLE, str(error)) from error

    def receive(self, timeout_ms: int) -> bytes:
        """Return what arrives within the time, or nothing."""
        try:
            if self._serial.timeout != timeout_ms / 1000:
                self._serial.timeout = timeout_ms / 1000
            first = self._serial.read(1)
            return bytes(first + self._serial.read(self._serial.in_waiting)) if first else b""
        except GONE as error:
            raise PrinterError(PrinterReason.UNREACHABLE, str(error)) from error

    def close(self) -> None:
        """Let go of the port."""
        with suppress(*GONE):  # an unplugged adapter may already be gone
            self._serial.close()


def _why_closed(error: Exception) -> PrinterReason:
    said = str(error)  # Windows and a locked port say it in words alone
    if "PermissionError" in said or "exclusively lock" in said:
        return PrinterReason.BUSY
    return why_closed(error)
