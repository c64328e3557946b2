"""What the small parts and the frame show: frozen values, so that what did not change is not painted again.

Every text is plain. ``Words`` is a line of which some runs are set bold. Nothing here is ever interpreted as markup.
"""

from dataclasses import dataclass
from enum import StrEnum


class Strong(str):
    """A bold run within ``Words``."""

    __slots__ = ()


Words = tuple[str, ...]
"""Runs of one line; those that are ``Strong`` are bold."""


class Tone(StrEnum):
    """What a colour means; never the only carrier of a meaning."""

    PLAIN = "plain"
    PRI = "pri"
    OK = "ok"
    WARN = "warn"
    ERR = "err"
    HOLD = "hold"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Tag:
    """A small coloured word."""

    text: str
    tone: Tone = Tone.OFF


@dataclass(frozen=True, slots=True)
class KeyHintView:
    """A key cap with what it does: ``Enter`` 齐，下一行."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class IconLine:
    """An icon (a name of ``ui.icons``) and a line of text."""

    icon: str
    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class NoteView:
    """A quiet box with one to three lines where something matters."""

    icon: str
    tone: Tone
    lines: tuple[Words, ...]


class DeviceState(StrEnum):
    """Ready, worth a look, or out of work."""

    OK = "ok"
    WARN = "warn"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class DeviceView:
    """One device of the counter. ``key``: reader, scanner, printer, camera, rating or caller."""

    key: str
    name: str
    state: DeviceState
    text: str


class SyncState(StrEnum):
    """The five faces of the sync chip, design.md §8.1."""

    SYNCED = "synced"
    SYNCING = "syncing"
    OFFLINE = "offline"
    ATTENTION = "attention"


@dataclass(frozen=True, slots=True)
class SyncView:
    """``pending`` counts operations that the server has not acknowledged."""

    state: SyncState
    text: str
    pending: int = 0


@dataclass(frozen=True, slots=True)
class TopBarView:
    """The top bar. ``closing`` is the time chip; empty when there is nothing to say."""

    window: str
    clock: str
    date: str
    closing: str
    clerk_name: str
    clerk_no: str
    sync: SyncView
    devices: tuple[DeviceView, ...] = ()
    closing_amber: bool = False


@dataclass(frozen=True, slots=True)
class NowView:
    """The now card: a ticket in hand, or a headline (等待叫号) without one.

    ``progress`` runs 0..1 against the average service time of the item; None hides the bar.
    """

    caption: str
    timer: str
    ticket: str = ""
    headline: str = ""
    item: str = ""
    tag: Tag | None = None
    progress: float | None = None
    footnote: str = ""
    hint: KeyHintView | None = None


@dataclass(frozen=True, slots=True)
class HeldView:
    """A ticket held back, with its reason."""

    ticket: str
    reason: str
    item: str
    since: str


@dataclass(frozen=True, slots=True)
class WaitView:
    """A waiting ticket; ``short`` is the item's 简称 for narrow windows."""

    ticket: str
    item: str
    minutes: int
    short: str = ""
    tag: Tag | None = None
    first: bool = False


@dataclass(frozen=True, slots=True)
class FigureView:
    """A number of the day with its name."""

    value: str
    name: str


@dataclass(frozen=True, slots=True)
class RailView:
    """The left column: tickets, never names. ``waiting_total`` may exceed ``waiting``; None when unknown (offline).

    ``note`` stands under those who wait.
    """

    now: NowView
    held: tuple[HeldView, ...] = ()
    waiting: tuple[WaitView, ...] = ()
    waiting_total: int | None = 0
    empty: str = "没有人在等"
    today: tuple[FigureView, ...] = ()
    note: NoteView | None = None


class DueLevel(StrEnum):
    """How near the last day is."""

    EASY = "easy"
    MIDDLE = "middle"
    YELLOW = "yellow"
    RED = "red"


@dataclass(frozen=True, slots=True)
class DueView:
    """``left`` is the share of working days still left, 0..1; ``spoken`` says it in words."""

    left: float
    level: DueLevel
    spoken: str
