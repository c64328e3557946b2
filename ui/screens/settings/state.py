"""What the presenter of the settings window knows at one moment; the view is a pure function of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtGui import QImage

from devices.found import Found
from ui.screens.settings.fields import DEVICES, DeviceSpec, FieldSpec
from ui.screens.settings.parts import FrameShown, Looked


@dataclass(frozen=True, slots=True)
class Draft:
    """A value that is being typed: of a field, or (``field`` None) the characters of the trial slip."""

    field: FieldSpec | None
    text: str


@dataclass(frozen=True, slots=True)
class SettingsState:
    """Everything the window is drawn from. Times are UTC milliseconds.

    ``content`` is counter.toml with the changes, ``saved`` as it lies on the disk; ``values`` what each table and key
    of the screen holds. ``at`` and ``line`` are the chosen device and field, from 0. ``looked`` is what the looks and
    trials saw, by table; ``busy`` the tables that are looked at or tried now. ``wrong`` is what the check says of
    ``content``; ``names`` are the rare characters of the trial slip. ``message`` is a code with ``place``, ``said`` a
    sentence.
    """

    now_ms: int
    who: str = ""
    content: str = ""
    saved: str = ""
    values: Mapping[tuple[str, str], str] = field(default_factory=dict)
    wrong: str = ""
    at: int = 0
    line: int = 0
    draft: Draft | None = None
    frame: FrameShown | None = None
    frame_line: str = ""
    looked: Mapping[str, Looked] = field(default_factory=dict)
    busy: frozenset[str] = frozenset()
    found: tuple[Found, ...] | None = None
    names: str = ""
    helping: bool = False
    message: str = ""
    place: str = ""
    said: str = ""
    paper: QImage | None = field(default=None, compare=False)
    paper_key: str = ""
    live: bool = False

    @property
    def device(self) -> DeviceSpec:
        """Return the chosen device."""
        return DEVICES[self.at]

    @property
    def chosen(self) -> FieldSpec:
        """Return the marked field."""
        return self.device.fields[min(self.line, len(self.device.fields) - 1)]

    @property
    def changed(self) -> bool:
        """Say whether something is not saved yet."""
        return self.content != self.saved

    def value(self, spec: FieldSpec) -> str:
        """Return what a field of the chosen device holds."""
        return self.frame_line if spec.frame else self.values.get((self.device.table, spec.key), "")
