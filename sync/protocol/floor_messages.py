"""What the floor manager's view is sent and what it sends back; names of clerks, never of citizens."""

from typing import Annotated, Any

import msgspec

from app.domain.reserved_block import MAX_BLOCK
from sync.protocol.messages import Message

MAX_TEXT = 200
"""Characters of a notice or of a message to a window."""
MAX_DETAIL = 400

Text = Annotated[str, msgspec.Meta(min_length=1, max_length=MAX_TEXT)]
Code = Annotated[str, msgspec.Meta(min_length=1, max_length=32)]


class FloorWindow(Message, frozen=True):
    """One window: ``status`` as ``app.domain.floor.WindowStatus``, ``businesses`` those it calls now.

    ``closed`` says that the manager closed it, ``opened`` that a clerk opened its day; ``too_long`` that its case takes
    longer than is usual; ``held`` are the tickets that wait for it alone (held here, or handed to it); ``may`` names
    the businesses it could take over. ``ended`` visits of today are over, ``nothing`` of them without a case or a paper
    (domain rule I18). ``reserved`` are the numbers of its reserved block in the order it calls them, ``block_epoch`` is
    its newest reservation (``FenceWindow``), and since ``cut_off_since_ms`` its counter was not heard.
    """

    window: str
    theme: str
    status: str
    businesses: list[str]
    may: list[str]
    opened: bool
    closed: bool
    clerk: str | None
    ticket: str | None
    business: str | None
    since_ms: int | None
    mean_ms: int | None
    too_long: bool
    paused_until_ms: int | None
    pause_reason: str | None
    held: list[str]
    ended: int = 0
    nothing: int = 0
    reserved: list[str] = []  # noqa: RUF012 - msgspec copies a default
    block_epoch: int = 0
    cut_off_since_ms: int | None = None


class FloorQueue(Message, frozen=True):
    """The line of one business; ``level`` is red, yellow or null."""

    code: str
    name: str
    waiting: int
    oldest_issued_ms: int | None
    first: str | None
    level: str | None
    windows: list[str]


class FloorRemedy(Message, frozen=True):
    """What an alarm's digit does: ``verb`` as ``app.domain.floor.Verb``."""

    verb: str
    window: str | None
    businesses: list[str]


class FloorAlarm(Message, frozen=True):
    """One thing to see to, as ``app.domain.floor.Alarm``."""

    key: str
    kind: str
    level: str
    remedy: FloorRemedy
    minutes: int
    business: str | None
    window: str | None
    ticket: str | None
    count: int
    subject: str
    note: str = ""


class FloorFigures(Message, frozen=True):
    """The day so far; the means are milliseconds, null while nothing is known. ``recent`` numbers in five minutes.

    ``rated`` services were rated today, ``pleased`` of them 基本满意 or better. ``second_supplements`` materials were
    asked for beyond the one-time list, each with a floor manager's consent and reason (domain rule I03).
    """

    waiting: int
    issued: int
    recent: int
    done: int
    accepted: int
    noticed: int
    mean_wait_ms: int | None
    mean_serve_ms: int | None
    red: int
    yellow: int
    due_today: int
    rated: int
    pleased: int
    refused: int = 0
    second_supplements: int = 0


class FloorCourse(Message, frozen=True):
    """Half hour by half hour: people waiting, the longest wait in minutes, numbers given out."""

    waiting: list[int]
    longest: list[int]
    issued: list[int]


class FloorInstants(Message, frozen=True):
    """Instant cases (即办件) of a window: ``done`` of those that ``came`` today, numbers of all that are still open."""

    window: str
    came: int
    done: int
    open: list[str]


class FloorDue(Message, frozen=True):
    """A case whose promised day is today."""

    case_no: str
    item: str
    window: str
    state: str


class FloorAct(Message, frozen=True):
    """Something the manager did today; ``detail`` as the act wrote it."""

    act_id: str
    at_ms: int
    clerk: str
    act: str
    detail: dict[str, Any]


class FloorPriority(Message, frozen=True):
    """A reason for priority the catalogue names."""

    code: str
    name: str


class FloorContact(Message, frozen=True):
    """A first contact that was handed on and that nobody took over (接办) for ``minutes``.

    ``owner`` is a clerk's number; ``level`` red, yellow or null; ``number`` the ticket's or the register's.
    """

    number: str
    owner: str
    owner_window: str
    to_window: str
    minutes: int
    level: str | None


class FloorCard(Message, frozen=True):
    """A case whose promised limit is near (yellow) or over (red); ``due`` is ISO."""

    case_no: str
    item: str
    window: str
    state: str
    due: str
    level: str


class FloorState(Message, frozen=True):
    """Everything the manager's view shows at one moment, at feed position ``head``."""

    hall: str
    head: int
    server_time: int
    centre: str
    closes: str
    windows: list[FloorWindow]
    queues: list[FloorQueue]
    alarms: list[FloorAlarm]
    figures: FloorFigures
    course: FloorCourse
    due: list[FloorDue]
    acts: list[FloorAct]
    priorities: list[FloorPriority]
    notice: str | None
    contacts: list[FloorContact]
    cards: list[FloorCard]
    instants: list[FloorInstants] = []  # noqa: RUF012 - msgspec copies a default


class FloorTicket(Message, frozen=True):
    """One of today's tickets; ``state`` as ``app.domain.ticket.TicketState``, ``to_window`` while it is handed on."""

    number: str
    business: str
    state: str
    issued_ms: int
    called_ms: int | None
    window: str | None
    to_window: str | None
    priority: str | None
    first_clerk: str | None


class Nothing(Message, frozen=True):
    """An act whose address says it all."""


class AssignWindow(Message, frozen=True):
    """Which businesses the window calls from its next call on; null gives it back to the published catalogue."""

    businesses: Annotated[list[Code], msgspec.Meta(min_length=1, max_length=30)] | None


class RehomeTickets(Message, frozen=True):
    """The tickets of a window that get another home, by number, as they were listed to the manager."""

    numbers: Annotated[list[Code], msgspec.Meta(min_length=1, max_length=50)]


class FenceWindow(Message, frozen=True):
    """The reserved block of a window ends: ``called`` are the numbers the manager saw that it called, maybe none.

    ``epoch`` is the newest reservation of the window he saw (``FloorWindow.block_epoch``).
    """

    called: Annotated[list[Code], msgspec.Meta(max_length=MAX_BLOCK)]
    epoch: Annotated[int, msgspec.Meta(ge=1)]


class TellWindow(Message, frozen=True):
    """A message to the clerk at a window."""

    text: Text


class HallNotice(Message, frozen=True):
    """What the hall's displays show; empty takes it away."""

    text: Annotated[str, msgspec.Meta(max_length=MAX_TEXT)]


class HandleAlarm(Message, frozen=True):
    """Somebody saw to an alarm: its key, and in words what was done."""

    key: Annotated[str, msgspec.Meta(min_length=1, max_length=128)]
    words: Annotated[str, msgspec.Meta(max_length=MAX_DETAIL)] = ""


class GivePriority(Message, frozen=True):
    """A waiting ticket is put before the others, for a reason the catalogue names."""

    priority: Code


class FloorDone(Message, frozen=True):
    """An act is committed. ``serving`` is the case a window ends first, ``held`` the tickets it still holds.

    ``reserved`` numbers are still in the window's reserved block, ``returned`` ones went back into their line.
    """

    act_id: str
    at_ms: int
    serving: str | None = None
    held: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()
    reserved: tuple[str, ...] = ()
