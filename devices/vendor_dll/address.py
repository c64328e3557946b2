"""The address of a vendor's library: ``dll:C:/reader/sdtapi.dll?port=1001&python=C:/python-32/python.exe``.

``port`` is 1001 for USB or 1 to 16 for a serial port. ``python`` is the interpreter the helper runs on; it has as many
bits as the library, which is mostly 32. Without one it is the interpreter of this program.
"""

import sys
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from app.ports.device_fault import FaultReason
from devices.errors import DeviceError

PREFIX: Final = "dll:"
USB_PORT: Final = 1001
SERIAL_PORTS: Final = range(1, 17)


@dataclass(frozen=True, slots=True)
class LibraryAddress:
    """Where the library is, which port it opens, and the interpreter that loads it."""

    library: str
    port: int
    python: str


def parse_library(url: str) -> LibraryAddress:
    """Read an address.

    Raises:
        DeviceError: ``BAD_PORT``, it is none.
    """
    try:
        return _parse(url)
    except ValueError as error:
        raise DeviceError(FaultReason.BAD_PORT, str(error)) from error


def _parse(url: str) -> LibraryAddress:
    library, _, query = url.removeprefix(PREFIX).partition("?")
    said = dict(parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query)))
    if not url.startswith(PREFIX) or not library or said.keys() - {"port", "python"}:
        raise ValueError("dll:PATH?port=1001&python=PATH is needed")
    port = int(said.get("port", str(USB_PORT)))
    if port != USB_PORT and port not in SERIAL_PORTS:
        raise ValueError("port is 1001 or 1 to 16")
    return LibraryAddress(library, port, said.get("python") or sys.executable)
