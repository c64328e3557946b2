"""What the composition root hands to the settings window."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.wedge import Pace
from app.ports.clock import Clock
from devices.found import Found
from ui.widgets.views import DeviceState

if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(frozen=True, slots=True)
class Looked:
    """How a device or a part of the machine stands, in a sentence, and what to do."""

    state: DeviceState
    message: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class FrameLine:
    """One piece of a frame: its number from 1, its bytes as hex, what it is."""

    number: int
    hex: str
    words: str


@dataclass(frozen=True, slots=True)
class FrameShown:
    """What a line of a display's template makes of ``A023`` at a window.

    Where it cannot be read, ``error`` says why and ``column`` (from 1, 0 for the whole line) where.
    """

    hex: str = ""
    lines: tuple[FrameLine, ...] = ()
    error: str = ""
    column: int = 0


@dataclass(frozen=True, slots=True)
class SettingsParts:
    """Everything is about the settings as they would be: ``content`` is the text of counter.toml with the changes.

    ``check`` says what is wrong with it, in a sentence with line and key, or nothing. ``change`` sets one value of one
    table (an empty one takes it out). ``look``, ``attempt`` and ``found`` take seconds.
    ``save`` returns the sentence that tells what was written. ``frame`` shows a call frame's line with an address;
    ``frame_of`` reads the call's line of a template, ``keep_frame`` writes one's own template and returns its name.
    ``pace`` is how fast a scanner types that stands in for a keyboard.
    ``names`` are the rare characters of the trial slip, which ``keep_names`` keeps. Both raise ``OSError``.
    """

    who: str
    clock: Clock
    content: str
    names: str
    check: Callable[[str], str]
    value: Callable[[str, str, str], str]
    change: Callable[[str, str, str, str], str]
    choices: Callable[[str, str], Sequence[str]]
    look: Callable[[str, str], Looked]
    attempt: Callable[[str, str, str], Looked]
    found: Callable[[], Sequence[Found]]
    save: Callable[[str], tuple[bool, str]]
    paper: Callable[[str, str], "Image | None"]
    pace: Callable[[str], Pace | None]
    frame: Callable[[str, str, int], FrameShown]
    frame_of: Callable[[str], str]
    keep_frame: Callable[[str, str], str]
    keep_names: Callable[[str], None]
