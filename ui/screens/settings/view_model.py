"""What the settings window shows: frozen values, so that what did not change is not painted again."""

from dataclasses import dataclass

from ui.screens.floor.view_model import FloorTopView, SheetView, StripView
from ui.widgets.slip_views import SlipView
from ui.widgets.views import Tag


@dataclass(frozen=True, slots=True)
class DeviceRowView:
    """One device by its digit: its name, its address or what it is doing, and how it stands."""

    code: str
    name: str
    detail: str
    tag: Tag
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class FieldRowView:
    """One key of a device; ``chosen`` marks the line that Enter changes."""

    label: str
    value: str
    note: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class SettingsView:
    """The whole window: devices left, the chosen one's fields and what belongs to it in the centre, paper right."""

    ui_state: str
    top: FloorTopView
    devices: tuple[DeviceRowView, ...]
    title: str
    note: str
    fields: tuple[FieldRowView, ...]
    beside: SheetView
    slip: SlipView
    keys: tuple[str, ...]
    lit: str = ""
    strip: StripView | None = None
    message: str = ""
    sheet: SheetView | None = None
