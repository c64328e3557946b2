"""What the counter needs of the LED display over its window: one thing to show, and the truth about the device."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from app.ports.device_fault import Advice, FaultReason


class Kind(StrEnum):
    """What a display is told; the values are the names of the frames in a template."""

    CALL = "call"
    TEXT = "text"
    IDLE = "idle"
    CLEAR = "clear"


@dataclass(frozen=True, slots=True)
class Showing:
    """What stands on the display: a called ``ticket``, a ``text`` (the window pauses), the idle picture, or nothing."""

    kind: Kind
    ticket: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class DisplayLost:
    """The display cannot be reached, or does not answer; told once, the driver goes on trying."""

    reason: FaultReason
    advice: Advice


@dataclass(frozen=True, slots=True)
class DisplayBack:
    """The display is there: told once after the start and once after every loss."""


@dataclass(frozen=True, slots=True)
class DisplayUnfit:
    """The template has no place for what was to be shown; ``field`` names the value."""

    field: str


DisplayEvent = DisplayLost | DisplayBack | DisplayUnfit
Listener = Callable[[DisplayEvent], None]


class WindowDisplay(Protocol):
    """A display driven by a thread of its own."""

    def start(self, listener: Listener) -> None:
        """Begin; ``listener`` is called in the display's thread and must not block."""
        ...

    def show(self, showing: Showing) -> None:
        """Show this; returns at once. What was to be shown before and is not yet sent is forgotten."""
        ...

    def stop(self) -> None:
        """Clear the display, if it can be reached, and wait until its thread has ended."""
        ...
