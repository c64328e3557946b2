"""What the counter needs of a barcode scanner: texts as they are scanned, and the truth about the device."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from app.ports.device_fault import Advice, FaultReason


class Unreadable(StrEnum):
    """Why a scan is no text; the value is the code of its sentence."""

    TOO_LONG = "scan_too_long"
    GARBLED = "scan_garbled"


@dataclass(frozen=True, slots=True, repr=False)
class Scanned:
    """One scan, without its terminator; no repr, for it may be a person's number or a short-lived token."""

    text: str


@dataclass(frozen=True, slots=True)
class ScanUnreadable:
    """Something was scanned that is no text."""

    reason: Unreadable


@dataclass(frozen=True, slots=True)
class ScannerLost:
    """The scanner is gone; told once, the driver goes on trying."""

    reason: FaultReason
    advice: Advice


@dataclass(frozen=True, slots=True)
class ScannerBack:
    """The scanner is there: told once after the start and once after every loss."""


ScannerEvent = Scanned | ScanUnreadable | ScannerLost | ScannerBack
Listener = Callable[[ScannerEvent], None]


class Scanner(Protocol):
    """A scanner watched by a thread of its own."""

    def start(self, listener: Listener) -> None:
        """Begin watching; ``listener`` is called in the scanner's thread and must not block."""
        ...

    def stop(self) -> None:
        """Stop watching and wait until the scanner's thread has ended."""
        ...
