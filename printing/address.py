"""The address of a slip printer as a person writes it in counter.toml, and what can be wrong with it.

=====================================================  =======================================================
``tcp://192.168.1.50`` ``tcp://host:9100``               a network printer
``serial:///dev/ttyUSB0?baud=19200&flow=rtscts``         a serial port; on Windows ``serial://COM3``
``usb://04b8:0e15``                                      a USB printer without a driver, by its two numbers
``file:/dev/usb/lp0``                                    a device file of Linux that can be read as well
``cups:NAME``                                            a raw queue of CUPS
``winspool:NAME``                                        a printer of Windows
=====================================================  =======================================================

A queue takes bytes and gives no answer of the printer's own (devices.md 3.2: "status not available").
"""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, parse_qsl, urlsplit

EXAMPLES: Final = "tcp://HOST:9100, serial:///dev/ttyUSB0?baud=19200, usb://04b8:0e15, file:/dev/usb/lp0, cups:QUEUE"
PORT_OF_PRINTERS: Final = 9100
BAUDS: Final = (9600, 19200, 38400, 57600, 115200)
FLOWS: Final = ("none", "rtscts", "dsrdtr", "xonxoff")
PARITIES: Final = {"none": "N", "even": "E", "odd": "O"}
QUEUE_NAME: Final = re.compile(r"[^\s/#-][^\s/#]{0,126}")
"""What CUPS takes as the name of a queue (lpadmin(8)); never one that reads as an option."""
LONGEST_WINDOWS_NAME: Final = 220
INWARD: Final = 0x80

_USB = re.compile(r"([0-9a-f]{4}):([0-9a-f]{4})", re.IGNORECASE)
_SERIAL_NUMBER = re.compile(r"[\w.-]{1,64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class TcpAddress:
    """A host and its port."""

    host: str
    port: int = PORT_OF_PRINTERS


@dataclass(frozen=True, slots=True)
class SerialAddress:
    """A serial device, its speed in baud, its handshake (one of ``FLOWS``) and parity (N, E or O); 8 data bits, 1 stop.

    [U] Which handshake a printer wants is set by its own switches.
    """

    device: str
    baud: int = 19200
    flow: str = "none"
    parity: str = "N"


@dataclass(frozen=True, slots=True)
class UsbPrinterAddress:
    """Vendor and product number; what is None is taken from the device's own descriptor."""

    vendor: int
    product: int
    serial: str | None = None
    interface: int | None = None
    out: int | None = None
    into: int | None = None


@dataclass(frozen=True, slots=True)
class FileAddress:
    """A character device."""

    path: str


@dataclass(frozen=True, slots=True)
class QueueAddress:
    """A queue of the system's spooler: CUPS or, where ``windows``, that of Windows."""

    name: str
    windows: bool = False


Address = TcpAddress | SerialAddress | UsbPrinterAddress | FileAddress | QueueAddress


def parse_printer(url: str) -> Address:
    """Return what an address names.

    Raises:
        ValueError: it names nothing; the text says which part is wrong.
    """
    kind, _, rest = url.partition(":")
    if kind in ("cups", "winspool"):
        return _queue(rest, windows=kind == "winspool")
    parts = urlsplit(url)
    match parts.scheme:
        case "tcp":
            return _tcp(parts)
        case "serial":
            return _serial(parts)
        case "usb":
            return _usb(parts)
        case "file" if parts.path and not parts.netloc and not parts.query:
            return FileAddress(parts.path)
    raise ValueError(EXAMPLES)


def _tcp(parts: SplitResult) -> TcpAddress:
    if not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValueError("tcp://HOST:9100")
    try:
        port = parts.port
    except ValueError as error:
        raise ValueError("tcp://HOST:1…65535") from error
    if port == 0:
        raise ValueError("tcp://HOST:1…65535")
    return TcpAddress(parts.hostname, port or PORT_OF_PRINTERS)


def _serial(parts: SplitResult) -> SerialAddress:
    device = parts.netloc or parts.path
    if not device or (parts.netloc and parts.path.strip("/")):
        raise ValueError("serial:///dev/ttyUSB0, serial://COM3")
    said = _said(parts, {"baud", "flow", "parity"})
    baud = said.get("baud", "19200")
    if baud not in map(str, BAUDS):
        raise ValueError(f"baud: {', '.join(map(str, BAUDS))}")
    flow, parity = said.get("flow", "none"), said.get("parity", "none")
    if flow not in FLOWS:
        raise ValueError(f"flow: {', '.join(FLOWS)}")
    if parity not in PARITIES:
        raise ValueError(f"parity: {', '.join(PARITIES)}")
    return SerialAddress(device, int(baud), flow, PARITIES[parity])


def _usb(parts: SplitResult) -> UsbPrinterAddress:
    device = _USB.fullmatch(parts.netloc)
    if device is None or parts.path.strip("/"):
        raise ValueError("usb://04b8:0e15")
    said = _said(parts, {"serial", "interface", "out", "in"})
    serial = said.get("serial")
    if serial is not None and not _SERIAL_NUMBER.fullmatch(serial):
        raise ValueError("serial: A-Z, 0-9")
    interface = _number(said, "interface", 10, range(256))
    out = _number(said, "out", 16, range(1, INWARD))
    into = _number(said, "in", 16, range(INWARD + 1, 2 * INWARD))
    return UsbPrinterAddress(int(device[1], 16), int(device[2], 16), serial, interface, out, into)


def _queue(name: str, *, windows: bool) -> QueueAddress:
    if windows:
        if not name.strip() or not name.isprintable() or len(name) > LONGEST_WINDOWS_NAME:
            raise ValueError("winspool:NAME")
        return QueueAddress(name.strip(), windows=True)
    if not QUEUE_NAME.fullmatch(name) or not name.isprintable():
        raise ValueError("cups:QUEUE")
    return QueueAddress(name)


def _said(parts: SplitResult, known: set[str]) -> dict[str, str]:
    try:
        said = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
    except ValueError as error:
        raise ValueError(f"?{'=…&'.join(sorted(known))}=…") from error
    if unknown := sorted(said.keys() - known):
        raise ValueError(f"{', '.join(unknown)} ≠ {', '.join(sorted(known))}")
    return said


def _number(said: dict[str, str], name: str, base: int, allowed: range) -> int | None:
    if name not in said:
        return None
    try:
        value = int(said[name], base)
    except ValueError:
        value = -1
    if value not in allowed:
        raise ValueError(f"{name}: {allowed[0]:x}…{allowed[-1]:x}" if base != 10 else f"{name}: 0…255")  # noqa: PLR2004
    return value
