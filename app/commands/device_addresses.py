"""Which addresses a device can have, told from the words alone: nothing is opened and no driver is loaded."""

from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from devices.errors import DeviceError
from devices.usb.address import SCHEME as USB
from devices.usb.address import parse_usb
from devices.vendor_dll.address import PREFIX as LIBRARY
from devices.vendor_dll.address import parse_library

SERIAL_EXAMPLES: Final = "/dev/ttyUSB0, COM3, socket://HOST:PORT"
READER_EXAMPLES: Final = f"{SERIAL_EXAMPLES}, usb://0400:c35a, dll:sdtapi.dll?port=1001"
_SCHEMES: Final = frozenset({"socket", "rfc2217", "loop", "hwgrep", "spy", "alt", "cp2110"})
"""What pyserial opens beside the name of a serial device."""
_WITH_PORT: Final = frozenset({"socket", "rfc2217"})

Check = Callable[[str], None]
"""Raises ``ValueError`` for an address that can be none."""


def check_serial(url: str) -> None:
    """Take the name of a serial device or an address that pyserial knows.

    Raises:
        ValueError: it is neither.
    """
    if not url.isprintable():
        raise ValueError(url)  # a backslash of a Windows path that TOML took for a sign of its own
    if "://" not in url:
        return
    parts = urlsplit(url)
    if parts.scheme not in _SCHEMES or (parts.scheme in _WITH_PORT and not (parts.hostname and parts.port)):
        raise ValueError(url)


def check_reader(url: str) -> None:
    """Take what ``check_serial`` takes, a USB device, or a vendor's library.

    Raises:
        ValueError: it is none of them.
    """
    try:
        if url.startswith(LIBRARY):
            parse_library(url)
        elif url.startswith(f"{USB}:"):
            parse_usb(url)
        else:
            check_serial(url)
    except DeviceError as error:
        raise ValueError(url) from error


def templates_at(shipped: Path, folder: Path) -> tuple[str, ...]:
    """Return the names that a template may have: those that come with the program, and the files beside the settings.

    ``counter.toml`` itself is none.
    """
    own = (file.name for file in sorted(folder.glob("*.toml")) if file.name != "counter.toml")
    return (*(file.stem for file in sorted(shipped.glob("*.toml"))), *own)
