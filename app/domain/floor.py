"""The hall as the floor manager sees it: how long people wait, what a window does, and what is to be done about it.

Pure: the server reads the facts and sends what comes out; the limits are the centre's configuration (``Thresholds``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

MINUTE_MS = 60_000
CUT_OFF_MS = 60_000
"""A counter asks for the feed every half minute at the latest; after so long without a word its line is gone."""
WHOLE_HALL = "*"
"""In place of a window: an order to the whole hall, whose newest note is the notice its displays show."""


class WindowStatus(StrEnum):
    """What a window does now; a ticket in hand says more than an order to close."""

    SERVING = "serving"
    CALLING = "calling"
    PAUSED = "paused"
    CLOSED = "closed"
    IDLE = "idle"


class Level(StrEnum):
    """How urgent something is: 红 a person must act now, 黄 soon, 蓝 for your information."""

    RED = "red"
    YELLOW = "yellow"
    BLUE = "blue"


class AlarmKind(StrEnum):
    """What an alarm is about."""

    HELP = "help"
    WAIT = "wait"
    SERVING = "serving"
    CONTACT = "contact"
    STRANDED = "stranded"
    PAUSE = "pause"
    DEVICE = "device"
    CARD = "card"


class Verb(StrEnum):
    """What one digit does about an alarm."""

    OPEN = "open"
    ASSIGN = "assign"
    ANSWER = "answer"
    REMIND = "remind"
    FENCE = "fence"
    HANDLE = "handle"
    ANSWER_CARD = "answer_card"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Minutes, except ``serve_factor``: how many times the mean service time is too long.

    ``contact_red``: so long a first contact that was handed on may go without 接办 (domain rule I01).
    ``stranded_red``: so long reserved numbers may lie at a window that is cut off.
    ``serve_minutes`` holds while no mean is known. An alarm that was handled and still stands comes again after
    ``remind_minutes``.
    """

    wait_yellow: int = 15
    wait_red: int = 30
    serve_factor: int = 2
    serve_minutes: int = 30
    remind_minutes: int = 30
    contact_yellow: int = 5
    contact_red: int = 10
    stranded_red: int = 10


@dataclass(frozen=True, slots=True)
class Note:
    """A message of the floor manager to one window; ``at_ms`` UTC."""

    note_id: str
    at_ms: int
    text: str


@dataclass(frozen=True, slots=True)
class WindowOrder:
    """What the floor manager laid down for a window; it takes effect after the running case.

    ``businesses`` is None while the published catalogue decides.
    """

    window: str
    rev: int = 0
    closed: bool = False
    businesses: tuple[str, ...] | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class WindowFacts:
    """One window now. ``businesses`` are those it calls; ``may`` those its items allow it to take over.

    ``since_ms`` is when it began what it does, None when that is not known; ``mean_ms`` the mean service time of the
    business it serves; ``held`` are the tickets it holds back; ``reserved`` those of its block, in order;
    ``cut_off_since_ms`` is when its counter was last heard, None while it is heard.
    """

    window: str
    status: WindowStatus
    businesses: tuple[str, ...]
    may: frozenset[str] = frozenset()
    opened: bool = True
    ticket: str | None = None
    since_ms: int | None = None
    mean_ms: int | None = None
    paused_until_ms: int | None = None
    held: tuple[str, ...] = ()
    reserved: tuple[str, ...] = ()
    cut_off_since_ms: int | None = None


@dataclass(frozen=True, slots=True)
class QueueFacts:
    """The line of one business: how many wait, since when the first, and their ticket."""

    business: str
    waiting: int = 0
    oldest_ms: int | None = None
    first: str | None = None


@dataclass(frozen=True, slots=True)
class HelpFacts:
    """A window asked the floor manager to come."""

    call_id: str
    window: str
    asked_ms: int


@dataclass(frozen=True, slots=True)
class FaultFacts:
    """A device of a window that is out of work; ``reason`` is a code of the message table."""

    window: str
    device: str
    reason: str
    since_ms: int


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """A first contact nobody took over yet: ``owner`` answers for it, ``to_window`` is asked since ``handed_ms``."""

    contact_id: str
    number: str
    owner: str
    owner_window: str
    to_window: str
    handed_ms: int


@dataclass(frozen=True, slots=True)
class CardFacts:
    """A card of the electronic supervision that hangs (``app.domain.supervision.Card``), for the floor manager."""

    card_id: str
    rule: str
    level: Level
    number: str
    window: str
    clerk: str
    due: str
    raised_ms: int
    acknowledged_ms: int | None = None


@dataclass(frozen=True, slots=True)
class FloorFacts:
    """Everything alarms are made of; ``handled`` maps the key of an alarm to when somebody last saw to it."""

    now_ms: int
    windows: tuple[WindowFacts, ...] = ()
    queues: tuple[QueueFacts, ...] = ()
    helps: tuple[HelpFacts, ...] = ()
    faults: tuple[FaultFacts, ...] = ()
    contacts: tuple[ContactFacts, ...] = ()
    cards: tuple[CardFacts, ...] = ()
    handled: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remedy:
    """What the alarm's digit does: ``businesses`` are those the window then calls."""

    verb: Verb
    window: str | None = None
    businesses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alarm:
    """One thing to see to. ``key`` names the cause, so that the same cause is one alarm; ``minutes`` how long it lasts.

    ``subject`` is a code (a device, a reason, a rule, who is responsible) where the kind alone does not say it;
    ``note`` of a card is its due day and whose case it is, of a cut-off window all the numbers that lie there.
    """

    key: str
    kind: AlarmKind
    level: Level
    remedy: Remedy
    minutes: int
    business: str | None = None
    window: str | None = None
    ticket: str | None = None
    count: int = 0
    subject: str = ""
    note: str = ""


def limits_of(document: Mapping[str, Any]) -> Thresholds:
    """Read the limits from a catalogue document that passed the publish gate; what it leaves out keeps its default."""
    section = document.get("floor", {})
    return Thresholds(**{each.name: section[each.name] for each in fields(Thresholds) if each.name in section})


def wait_level(minutes: int, limits: Thresholds) -> Level | None:
    """Return the level of a wait; None while it is short."""
    if minutes >= limits.wait_red:
        return Level.RED
    return Level.YELLOW if minutes >= limits.wait_yellow else None


def contact_level(minutes: int, limits: Thresholds) -> Level | None:
    """Return how urgent a first contact without 接办 is; None while it is fresh."""
    if minutes >= limits.contact_red:
        return Level.RED
    return Level.YELLOW if minutes >= limits.contact_yellow else None


def cut_off_since(heard_ms: int | None, now_ms: int) -> int | None:
    """Return since when a window's counter is silent; None while its last word is fresh, or before its first."""
    return heard_ms if heard_ms is not None and now_ms - heard_ms > CUT_OFF_MS else None


def serves_too_long(window: WindowFacts, now_ms: int, limits: Thresholds) -> bool:
    """Say whether a case takes more than ``serve_factor`` times the mean (the clerk sees no alarm of it)."""
    if window.status is not WindowStatus.SERVING or window.since_ms is None:
        return False
    limit_ms = window.mean_ms * limits.serve_factor if window.mean_ms else limits.serve_minutes * MINUTE_MS
    return now_ms - window.since_ms > limit_ms
