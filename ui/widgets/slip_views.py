"""What the right pane shows: the paper that would come out now, and what is the matter when it does not."""

from dataclasses import dataclass, field

from PySide6.QtGui import QImage

from ui.widgets.views import DeviceView, IconLine, Tag, Tone, Words


@dataclass(frozen=True, slots=True)
class FaultOption:
    """One numbered way out. ``waiting`` marks the one that completes itself (等待装纸).

    ``cap`` is the key that takes it where that is not its number.
    """

    title: str
    detail: str
    action: str
    waiting: bool = False
    enabled: bool = True
    cap: str = ""


@dataclass(frozen=True, slots=True)
class FaultView:
    """Repair in place, design.md §8.2; also any question with numbered answers, in the ``tone`` of what it is about."""

    icon: str
    title: str
    detail: str
    options: tuple[FaultOption, ...]
    tone: Tone = Tone.ERR


@dataclass(frozen=True, slots=True)
class AfterView:
    """按 F10 以后: at most three lines."""

    title: str
    lines: tuple[IconLine, ...]


@dataclass(frozen=True, slots=True)
class PrimaryView:
    """The one big button; ``action`` is an id of keymap.toml."""

    text: str
    action: str
    enabled: bool


@dataclass(frozen=True, slots=True)
class SlipView:
    """The right pane while a citizen is here.

    ``paper`` is the bitmap that ``printing`` made, 576 dots wide; ``paper_key`` names its content, so that an equal
    picture is not scaled again. ``preview`` lays 预览 over it. A ``sheet`` is an A4 page with margins of its own.
    """

    kind: str
    title: str
    tag: Tag
    status: IconLine
    paper: QImage | None = field(default=None, compare=False)
    paper_key: str = ""
    preview: bool = True
    fault: FaultView | None = None
    after: AfterView | None = None
    foot: IconLine | None = None
    reprint: bool = False
    primary: PrimaryView | None = None
    sheet: bool = False


@dataclass(frozen=True, slots=True)
class NoticeView:
    """Something the clerk should know before calling the next; ``action`` puts a button with Ctrl+n there."""

    title: str
    when: str
    lines: tuple[Words, ...]
    tone: Tone = Tone.WARN
    action: str = ""


@dataclass(frozen=True, slots=True)
class SideView:
    """The right pane while nobody is here: notices and devices."""

    title: str
    tag: Tag | None = None
    status: str = ""
    notices: tuple[NoticeView, ...] = ()
    devices: tuple[DeviceView, ...] = ()
    devices_title: str = "设备"
    devices_status: Tag | None = None
    fault: FaultView | None = None
    foot: IconLine | None = None
