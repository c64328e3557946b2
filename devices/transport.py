"""Bytes to and from a device over any pyserial URL, with pyserial's errors translated once."""

import errno
import sys
from typing import Protocol

import serial

from app.ports.device_fault import FaultReason
from devices.errors import DeviceError

if sys.platform == "win32":
    GONE: tuple[type[Exception], ...] = (OSError,)
else:
    import termios

    GONE = (OSError, termios.error)
"""What pyserial lets through when a device goes in the middle of a call: the second while the last byte goes out."""

DRAIN_BYTES = 16 * 1024
WRITE_TIMEOUT_S = 2.0


class BytePort(Protocol):
    """A byte stream with a device at the other end. Every method may raise ``DeviceError``."""

    def open(self) -> None:
        """Open the stream."""
        ...

    def write(self, data: bytes) -> None:
        """Send all of ``data``."""
        ...

    def read(self, count: int, timeout_s: float) -> bytes:
        """Return up to ``count`` bytes, fewer only when ``timeout_s`` is over."""
        ...

    def drain(self) -> None:
        """Drop what has arrived already."""
        ...

    def close(self) -> None:
        """Close the stream; harmless when closed."""
        ...


class SerialPort:
    """A ``BytePort`` on a serial device (``/dev/ttyUSB0``, ``COM3``) or a stream (``socket://127.0.0.1:9001``)."""

    def __init__(self, url: str, baud_rate: int = 115200) -> None:
        """Check the URL without opening it.

        Raises:
            DeviceError: ``BAD_PORT``, pyserial has no such scheme.
        """
        try:
            self._serial = serial.serial_for_url(
                url, do_not_open=True, baudrate=baud_rate, write_timeout=WRITE_TIMEOUT_S
            )
        except (ValueError, serial.SerialException) as error:
            raise DeviceError(FaultReason.BAD_PORT, str(error)) from error

    @property
    def is_open(self) -> bool:
        """Whether it was opened and not closed since; a lost device still counts as open."""
        return bool(self._serial.is_open)

    def open(self) -> None:
        """Open the stream; a dead stream is closed first."""
        self.close()
        try:
            self._serial.open()
        except (OSError, ValueError) as error:
            raise DeviceError(_why_closed(error), str(error)) from error

    def write(self, data: bytes) -> None:
        """Send all of ``data``."""
        try:
            self._serial.write(data)
            self._serial.flush()
        except GONE as error:
            raise DeviceError(FaultReason.DISCONNECTED, str(error)) from error

    def read(self, count: int, timeout_s: float) -> bytes:
        """Return up to ``count`` bytes, fewer only when ``timeout_s`` is over."""
        try:
            self._serial.timeout = timeout_s
            return bytes(self._serial.read(count))
        except OSError as error:
            raise DeviceError(FaultReason.DISCONNECTED, str(error)) from error

    def drain(self) -> None:
        """Drop what has arrived already, but no more than a babbling line can send meanwhile."""
        self.read(DRAIN_BYTES, 0)

    def close(self) -> None:
        """Close the stream; harmless when closed."""
        stream = getattr(self._serial, "_socket", None)
        self._serial.close()
        if stream is not None:
            stream.close()  # pyserial 3.5 leaves a socket open that the peer has shut down


def _why_closed(error: Exception) -> FaultReason:
    number = getattr(error, "errno", None)
    if number in (errno.EACCES, errno.EBUSY, errno.EAGAIN) or "PermissionError" in str(error):  # the text is Windows'
        return FaultReason.PORT_BUSY
    return FaultReason.PORT_ABSENT
