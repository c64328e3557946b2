"""What the manager's window shows: frozen values, so that what did not change is not painted again."""

from dataclasses import dataclass

from ui.widgets.views import SyncView, Tag, Tone


@dataclass(frozen=True, slots=True)
class ChipView:
    """A pill in the top bar."""

    icon: str
    text: str


@dataclass(frozen=True, slots=True)
class FloorTopView:
    """The dark bar; ``post`` stands before the name where it is not the window's own."""

    clock: str
    date: str
    hall: str
    chips: tuple[ChipView, ...]
    sync: SyncView
    manager: str
    post: str = ""


@dataclass(frozen=True, slots=True)
class KpiView:
    """One figure with its unit, a line of detail, and the bars of its course; ``tone`` colours figure and bars."""

    key: str
    title: str
    value: str
    unit: str
    detail: str
    tone: Tone = Tone.PLAIN
    bars: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TileView:
    """One window. ``number`` is its place from 1, typed instead of its name; ``progress`` 0..1, None hides the bar.

    ``numbered`` shows the place as a key, while a window is asked for.
    """

    number: int
    window: str
    theme: str
    tag: Tag
    ticket: str = ""
    timer: str = ""
    line: str = ""
    progress: float | None = None
    clerk: str = ""
    note: str = ""
    alarm: bool = False
    open: bool = True
    chosen: bool = False
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class QueueRowView:
    """The line of one business; ``share`` is its length against the longest, 0..1; ``tone`` the wait."""

    code: str
    name: str
    waiting: int
    share: float
    longest: str
    tone: Tone
    windows: tuple[str, ...]
    advice: str


@dataclass(frozen=True, slots=True)
class ActionView:
    """One thing to do, by its digit."""

    number: int
    icon: str
    tone: Tone
    title: str
    detail: str
    button: str
    primary: bool = False


@dataclass(frozen=True, slots=True)
class LineView:
    """A small line with something at its right end."""

    text: str
    right: str = ""


@dataclass(frozen=True, slots=True)
class StripView:
    """What a key opened, above the keys: what is asked, what is typed so far, and what Enter will do.

    ``editor`` is the text a notice begins with; None where digits and letters are typed instead; ``secret`` hides what
    is written there. ``ready`` says that Enter does something.
    """

    title: str
    typed: str = ""
    consequence: str = ""
    hints: tuple[tuple[str, str], ...] = ()
    ready: bool = False
    editor: str | None = None
    secret: bool = False


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of a sheet, cell by cell; the first cell bears the tone. ``chosen`` is where the arrows stand."""

    cells: tuple[str, ...]
    tone: Tone = Tone.PLAIN
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class SheetView:
    """A list over the hall; ``widths`` are the shares of the cells in a hundred, ``empty`` stands for no rows.

    ``hints`` are keys that mean something here, each with what it does; ``away`` is what Esc does, where it is another
    thing than to put the sheet away; None where it does nothing.
    """

    title: str
    note: str
    header: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[SheetRow, ...]
    empty: str = ""
    hints: tuple[tuple[str, str], ...] = ()
    away: str | None = ""


@dataclass(frozen=True, slots=True)
class FloorView:
    """The whole window. ``grey`` is set while the server does not answer: everything shown is of ``updated``.

    ``keys`` are on; ``later`` are drawn as off and say why when they are pressed. ``alone`` says
    that the sheet has no hall behind it.
    """

    ui_state: str
    top: FloorTopView
    kpis: tuple[KpiView, ...]
    tiles: tuple[TileView, ...]
    queues: tuple[QueueRowView, ...]
    actions: tuple[ActionView, ...]
    more: int
    due: tuple[LineView, ...]
    due_note: str
    handled: tuple[LineView, ...]
    handled_note: str
    keys: tuple[str, ...]
    lit: str = ""
    strip: StripView | None = None
    message: str = ""
    grey: bool = False
    updated: str = ""
    sheet: SheetView | None = None
    later: tuple[str, ...] = ()
    alone: bool = False
