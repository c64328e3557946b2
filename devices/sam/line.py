"""Whatever reaches a SAM module, and which of them an address means."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from app.ports.clock import Clock
from devices.sam.commands import Answer, Command
from devices.sam.frames import HEADER
from devices.sam.link import SamLink
from devices.transport import SerialPort
from devices.usb.address import SCHEME, parse_usb
from devices.usb.port import UsbPort
from devices.vendor_dll.address import PREFIX, parse_library
from devices.vendor_dll.line import LibraryLine

BAUD_RATE = 115200
EXAMPLES = "/dev/ttyUSB0, COM3, socket://127.0.0.1:9001, usb://0400:c35a, dll:sdtapi.dll?port=1001"


class Line(Protocol):
    """One question, one answer. Every method but ``close`` may raise ``DeviceError``."""

    def open(self) -> None:
        """Open the line, or open it again."""
        ...

    def ask(self, command: Command) -> Answer:
        """Send ``command`` on a clean line and wait for its answer."""
        ...

    def close(self) -> None:
        """Close the line; harmless when closed."""
        ...


LineMaker = Callable[[Callable[[], bool]], Line]
"""Makes a line from what tells it that nobody waits for an answer any more."""


def line_to(url: str, clock: Clock, baud_rate: int = BAUD_RATE) -> LineMaker:
    """Return what makes the line that ``url`` means: ``usb:``, ``dll:``, else whatever pyserial opens.

    Raises:
        DeviceError: ``BAD_PORT``, the address is none. Nothing is opened yet.
    """
    if url.startswith(PREFIX):
        return partial(LibraryLine, parse_library(url))
    if url.startswith(f"{SCHEME}:"):
        return partial(SamLink, UsbPort(parse_usb(url), HEADER, clock), clock)
    return partial(SamLink, SerialPort(url, baud_rate), clock)
