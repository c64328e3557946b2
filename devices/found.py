"""Which devices this computer has, and what each looks like: told by the operating system, nothing is opened.

Printers with an address of their own in the network are found by nobody: a scan of the network is not ours to make.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from serial.tools import list_ports

from devices.errors import DeviceError
from devices.usb.faults import library


class Looks(StrEnum):
    """What a device looks like; the values are codes of resources/messages/doctor.toml."""

    READER = "looks_reader"
    SCANNER = "looks_scanner"
    PRINTER = "looks_printer"
    ADAPTER = "looks_adapter"
    PORT = "looks_port"


@dataclass(frozen=True, slots=True)
class Found:
    """One device: the address that counter.toml takes, what it says of itself, and whether this user may open it."""

    address: str
    looks: Looks
    name: str
    open_to_us: bool = True


READERS: Final = frozenset({(0x0400, 0xC35A)})
"""USB card readers by vendor and product (devices.md section 1.6)."""
_SCANNER_MAKERS: Final = frozenset({0x0C2E, 0x05E0, 0x05F9, 0x1EAB})
"""Vendors of hand scanners: Honeywell, Zebra, Datalogic, Newland."""
_ADAPTER_MAKERS: Final = frozenset({0x1A86, 0x10C4, 0x0403, 0x067B})
"""Vendors of chips that turn USB into a serial port: WCH, Silicon Labs, FTDI, Prolific. What hangs there, they hide."""
PRINTER_CLASS: Final = 7
_PRINTER_FILES: Final = Path("/dev/usb")
_ABOUT_PRINTERS: Final = Path("/sys/class/usbmisc")


def found_devices() -> list[Found]:
    """Return serial ports, printers and USB card readers, in this order."""
    return [*serial_ports(list_ports.comports()), *printer_files(_PRINTER_FILES, _ABOUT_PRINTERS), *usb_devices()]


def serial_ports(ports: Iterable[Any]) -> Iterator[Found]:
    """Name serial ports as pyserial lists them; a port that nothing is known of is a plain one."""
    for port in sorted(ports, key=lambda each: str(each.device)):
        name = port.description if port.description and port.description != "n/a" else ""
        yield Found(str(port.device), _looks(port.vid, port.pid, str(port.device)), name, _may_open(str(port.device)))


def printer_files(folder: Path, about: Path) -> Iterator[Found]:
    """Name the files of Linux's driver for USB printers, each with what the printer says of itself."""
    for file in sorted(folder.glob("lp*")):
        says = about / file.name / "device" / "ieee1284_id"
        try:
            name = _model(says.read_text(encoding="utf-8", errors="replace"))
        except OSError:
            name = ""
        yield Found(f"file:{file}", Looks.PRINTER, name, _may_open(str(file)))


def usb_devices(backend: Any = None) -> Iterator[Found]:
    """Name card readers and printers that can be driven over USB directly (docs/card-readers.md, docs/printing.md)."""
    try:
        usb = library()
        devices = list(usb.core.find(find_all=True, backend=backend))
    except DeviceError:
        return  # without libusb nothing can be driven that way either
    except (usb.core.NoBackendError, usb.core.USBError):
        return
    for device in devices:
        number = (int(device.idVendor), int(device.idProduct))
        address = "usb://{:04x}:{:04x}".format(*number)
        if number in READERS:
            yield Found(address, Looks.READER, "")
        elif _prints(usb, device):
            yield Found(address, Looks.PRINTER, "")


def _prints(usb: Any, device: Any) -> bool:
    """Say whether an interface of a device is a printer's; one that may not be looked into is none of ours."""
    try:
        return any(each.bInterfaceClass == PRINTER_CLASS for configuration in device for each in configuration)
    except usb.core.USBError:
        return False


def _looks(vendor: int | None, product: int | None, address: str) -> Looks:
    if (vendor, product) in READERS:
        return Looks.READER
    if vendor in _SCANNER_MAKERS or "ttyACM" in address:
        return Looks.SCANNER
    return Looks.ADAPTER if vendor in _ADAPTER_MAKERS or "ttyUSB" in address else Looks.PORT


def _model(said: str) -> str:
    """Return maker and model of an IEEE 1284 device id, ``MFG:EPSON;MDL:TM-T88V;…``."""
    fields = dict(part.partition(":")[::2] for part in said.strip().split(";") if ":" in part)
    words = (fields.get("MFG") or fields.get("MANUFACTURER"), fields.get("MDL") or fields.get("MODEL"))
    return " ".join(word.strip() for word in words if word)


def _may_open(file: str) -> bool:
    """Say whether this user may read and write; a name that is no file (COM3) is not ours to judge."""
    return not file.startswith("/") or os.access(file, os.R_OK | os.W_OK)
