"""What the counter's presenter knows at one moment; the view is a pure function of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtGui import QImage

from app.domain.calendar import WorkCalendar
from app.domain.case import Case
from app.domain.catalogue.catalogue import Catalogue
from app.domain.clerk import Clerk
from app.domain.link import LinkStatus
from app.domain.ticket import Ticket
from app.domain.visit import Visit
from app.domain.work.card import WorkCard
from app.ports.spool import PrintJob
from ui.widgets.slip_views import FaultView
from ui.widgets.views import DeviceState


class Entry(StrEnum):
    """Whether the field for a ticket number is open, and what was wrong with the last number typed."""

    CLOSED = "closed"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class DeviceStatus:
    """How a device stands; ``reason`` and ``remedy`` are codes of the message table, empty when it is well."""

    state: DeviceState = DeviceState.OK
    reason: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """The picture of the slip for the right pane; ``key`` names its content."""

    image: QImage = field(compare=False)
    key: str


@dataclass(frozen=True, slots=True)
class Ask:
    """A question with numbered answers that a key opened (why hold, which window, how the visit ends).

    ``kind`` names the feature that asked and takes the answer; ``typed`` the digits so far where the answer is a number
    of its own (a window) rather than the number of an option, else None.
    """

    kind: str
    view: FaultView
    typed: str | None = None


@dataclass(frozen=True, slots=True)
class CounterState:
    """Everything the window is drawn from. Times are UTC milliseconds.

    ``unsure`` is a paper of which nobody knows whether it came out; ``issued`` the case this visit ended in, with the
    ``job`` that prints its slip. ``message`` and ``entry_error`` are codes with their values.
    """

    window: str
    now_ms: int
    catalogue: Catalogue | None = None
    calendar: WorkCalendar | None = None
    clerk: Clerk | None = None
    visit: Visit | None = None
    card: WorkCard | None = None
    issued: Case | None = None
    job: PrintJob | None = None
    unsure: PrintJob | None = None
    paper: Paper | None = None
    waiting: tuple[Ticket, ...] = ()
    cases: tuple[Case, ...] = ()
    done_today: tuple[int, int] = (0, 0)
    idle_since_ms: int = 0
    link: LinkStatus = field(default_factory=LinkStatus)
    devices: Mapping[str, DeviceStatus] = field(default_factory=dict)
    ask: Ask | None = None
    entry: Entry = Entry.CLOSED
    entry_error: str = ""
    message: str = ""
    incident: str = ""
    place: str = ""
    revealed: bool = False
    busy: bool = False

    @property
    def offline(self) -> bool:
        """Whether the window works alone just now."""
        return self.link.offline
