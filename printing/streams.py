"""The lines a printer can hang on, each turning its system errors into one kind of failure."""

import errno
import os
import select
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

from printing.address import FileAddress, SerialAddress, TcpAddress, UsbPrinterAddress
from printing.errors import PrinterError, PrinterReason

CONNECT_TIMEOUT_MS = 2_000
WRITE_STALL_MS = 10_000
"""A write during which nothing at all is taken for so long has failed."""

CHUNK = 4096


class Stream(Protocol):
    """A two-way byte stream; every failure is a ``PrinterError``."""

    def send(self, data: bytes) -> int:
        """Hand over a part of ``data`` and return how many bytes were taken."""
        ...

    def receive(self, timeout_ms: int) -> bytes:
        """Return what arrives within the time, or nothing."""
        ...

    def close(self) -> None:
        """Let go of the line."""
        ...


def stream_to(address: TcpAddress | SerialAddress | UsbPrinterAddress | FileAddress) -> Callable[[], Stream]:
    """Return what opens the line to a printer."""
    match address:
        case TcpAddress():
            return lambda: TcpStream(address.host, address.port)
        case FileAddress():
            return lambda: DeviceStream(address.path)
        case SerialAddress():
            from printing.serial_stream import SerialStream  # noqa: PLC0415 - only who has such a printer loads it

            return lambda: SerialStream(address)
        case UsbPrinterAddress():
            from printing.usb_stream import UsbStream  # noqa: PLC0415 - as above

            return lambda: UsbStream(address)


def why_closed(error: BaseException) -> PrinterReason:
    """Return why a line does not open: it is not there, not ours, or another program's."""
    match getattr(error, "errno", None):
        case errno.EACCES | errno.EPERM:
            return PrinterReason.NO_ACCESS
        case errno.EBUSY | errno.EAGAIN:
            return PrinterReason.BUSY
        case _:
            return PrinterReason.UNREACHABLE


class TcpStream:
    """A network printer, by custom on port 9100."""

    def __init__(self, host: str, port: int) -> None:
        try:
            self._socket = socket.create_connection((host, port), timeout=CONNECT_TIMEOUT_MS / 1000)
        except OSError as error:
            raise PrinterError(PrinterReason.UNREACHABLE, str(error)) from error
        # Three-byte questions must not wait for the acknowledgement of the ones before.
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, data: bytes) -> int:
        """Hand over what the line takes now."""
        try:
            self._socket.settimeout(WRITE_STALL_MS / 1000)
            return self._socket.send(data)
        except TimeoutError as error:
            raise PrinterError(PrinterReason.SILENT, "the printer takes no more data") from error
        except OSError as error:
            raise PrinterError(PrinterReason.UNREACHABLE, str(error)) from error

    def receive(self, timeout_ms: int) -> bytes:
        """Return what arrives within the time, or nothing."""
        try:
            self._socket.settimeout(timeout_ms / 1000)
            data = self._socket.recv(CHUNK)
        except (TimeoutError, BlockingIOError):
            return b""
        except OSError as error:
            raise PrinterError(PrinterReason.UNREACHABLE, str(error)) from error
        if not data:
            raise PrinterError(PrinterReason.UNREACHABLE, "the printer hung up")
        return data

    def close(self) -> None:
        """Hang up."""
        self._socket.close()


class DeviceStream:
    """A character device such as Linux's usblp, which answers status on the same file."""

    def __init__(self, path: str) -> None:
        try:
            self._file = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY)
        except OSError as error:
            raise PrinterError(why_closed(error), str(error)) from error

    def send(self, data: bytes) -> int:
        """Hand over what the line takes now."""
        try:
            _, writable, _ = select.select([], [self._file], [], WRITE_STALL_MS / 1000)
            if not writable:
                raise PrinterError(PrinterReason.SILENT, "the printer takes no more data")
            return os.write(self._file, data[:CHUNK])
        except OSError as error:
            raise PrinterError(PrinterReason.UNREACHABLE, str(error)) from error

    def receive(self, timeout_ms: int) -> bytes:
        """Return what arrives within the time, or nothing."""
        try:
            readable, _, _ = select.select([self._file], [], [], timeout_ms / 1000)
            if not readable:
                return b""
            data = os.read(self._file, CHUNK)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise PrinterError(PrinterReason.UNREACHABLE, str(error)) from error
        if not data:
            raise PrinterError(PrinterReason.UNREACHABLE, "the device was unplugged, or is an ordinary file")
        return data

    def close(self) -> None:
        """Hang up."""
        with suppress(OSError):  # an unplugged device may already be gone
            os.close(self._file)
