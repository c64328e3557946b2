"""The address of a USB reader as a person writes it: ``usb://0400:c35a?frame=split&out=02,06&in=81,85``.

Only vendor and product are needed. What models do differently can be said: ``frame`` is ``split`` (the head of a frame
over one pair of endpoints, the rest over another) or ``whole``; ``out`` and ``in`` name one or two endpoints each,
``interface`` the interface they are on. What is not said is taken from the device's own descriptor.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from app.ports.device_fault import FaultReason
from devices.errors import DeviceError

SCHEME: Final = "usb"
EXAMPLE: Final = "usb://0400:c35a?frame=split&out=02,06&in=81,85"
INWARD: Final = 0x80
"""The bit of an endpoint's number that says it is read from."""
MAX_INTERFACE: Final = 0xFF

_DEVICE = re.compile(r"([0-9a-f]{4}):([0-9a-f]{4})", re.IGNORECASE)
_ENDPOINTS = re.compile(r"[0-9a-f]{2}(,[0-9a-f]{2})?", re.IGNORECASE)


class UsbFrame(StrEnum):
    """How a frame goes over the endpoints."""

    SPLIT = "split"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class UsbAddress:
    """Vendor and product number, and what a model does its own way; None and empty: as its descriptor says."""

    vendor: int
    product: int
    frame: UsbFrame | None = None
    out: tuple[int, ...] = ()
    into: tuple[int, ...] = ()
    interface: int | None = None


def parse_usb(url: str) -> UsbAddress:
    """Read an address.

    Raises:
        DeviceError: ``BAD_PORT``, it is none.
    """
    try:
        return _parse(url)
    except ValueError as error:
        raise DeviceError(FaultReason.BAD_PORT, f"{error}, for example {EXAMPLE}") from error


def _parse(url: str) -> UsbAddress:
    parts = urlsplit(url)
    device = _DEVICE.fullmatch(parts.netloc)
    if parts.scheme != SCHEME or device is None or parts.path.strip("/") or parts.fragment:
        raise ValueError("vendor and product are four hexadecimal digits each")
    said = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
    if unknown := said.keys() - {"frame", "out", "in", "interface"}:
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
    out, into = _endpoints(said.get("out", "")), _endpoints(said.get("in", ""))
    if any(each & INWARD for each in out) or not all(each & INWARD for each in into):
        raise ValueError("out endpoints are below 80, in endpoints from 80")
    frame = UsbFrame(said["frame"]) if "frame" in said else None
    if frame is not None and any(len(named) == (1 if frame is UsbFrame.SPLIT else 2) for named in (out, into)):
        raise ValueError("a split frame takes two endpoints each way, a whole one takes one")
    return UsbAddress(int(device[1], 16), int(device[2], 16), frame, out, into, _interface(said.get("interface")))


def _endpoints(text: str) -> tuple[int, ...]:
    if not text:
        return ()
    if not _ENDPOINTS.fullmatch(text):
        raise ValueError("endpoints are one or two numbers of two hexadecimal digits")
    return tuple(int(each, 16) for each in text.split(","))


def _interface(text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and int(text) <= MAX_INTERFACE):
        raise ValueError("an interface is a number from 0 to 255")
    return int(text)
