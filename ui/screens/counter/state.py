"""What the counter's presenter knows at one moment; the view is a pure function of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtGui import QImage

from app.domain.calendar import WorkCalendar
from app.domain.case import Case
from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.changes import Change
from app.domain.catalogue.search import ItemIndex
from app.domain.clerk import Clerk
from app.domain.deadline import DEFAULT_LIGHTS, LightLimits
from app.domain.disk_room import Room
from app.domain.floor import WindowOrder
from app.domain.link import LinkStatus
from app.domain.pause import Pause
from app.domain.person import Slot
from app.domain.ticket import Ticket
from app.domain.visit import Visit
from app.domain.work.card import WorkCard
from app.ports.card_store import OwnCard
from app.ports.spool import PrintJob
from ui.screens.consent.state import ConsentState
from ui.screens.counter.conflict_tasks import ConflictTask
from ui.screens.counter.copy_pane import CopyPane
from ui.screens.counter.held import HeldVisit
from ui.screens.counter.line import Handing, LineFacts
from ui.screens.counter.onward import Onward
from ui.screens.counter.original_pane import OriginalPane, Originals
from ui.screens.counter.overdue_state import OverdueState
from ui.screens.counter.rating_ask import Rateable, RatingAsk
from ui.screens.door.state import DoorState
from ui.screens.fee.state import FeeState
from ui.screens.handover.state import HandoverState
from ui.screens.laws.state import LawsState
from ui.screens.pause.state import Cover, PauseDraft
from ui.screens.register.state import ComplaintState, ProjectState
from ui.screens.search.state import SearchState
from ui.screens.service.state import ServiceState
from ui.screens.sign_in.state import SignInState
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
class Ways:
    """Where a paper can come out but here: the other printer's name, empty where there is none, and whether on A4.

    ``other_fault`` is what the other printer complains of while it has a paper of ours; ``paper_mm`` the width of ours.
    ``returned`` is the job that came back from another way, and the codes of why.
    """

    other: str = ""
    a4: bool = False
    other_fault: str = ""
    paper_mm: int = 80
    returned: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class ItemSearch:
    """What was typed to find an item for this visit, and which of the hits Enter takes, from 0."""

    visit_id: str
    typed: str
    at: int = 0


@dataclass(frozen=True, slots=True, repr=False)
class PersonEntry:
    """What is being typed about the persons of this visit, by place; no repr, for it names them.

    ``open`` says that the form is shown; what was typed stays behind a closed one.
    ``tried`` shows empty fields as wrong.
    """

    visit_id: str
    slot: Slot
    typed: Mapping[Slot, Mapping[str, str]]
    open: bool = True
    tried: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A case whose paper is to be corrected or voided, and the search it was found with: Esc leads back there."""

    case: Case
    search: SearchState


Over = (
    SearchState
    | PauseDraft
    | HandoverState
    | SignInState
    | DoorState
    | ConsentState
    | LawsState
    | ServiceState
    | FeeState
    | OverdueState
    | ComplaintState
    | ProjectState
)
"""A page that lies over the work, which stays as it is beneath."""


@dataclass(frozen=True, slots=True)
class CounterState:
    """Everything the window is drawn from. Times are UTC milliseconds.

    ``unsure`` is a paper of which nobody knows whether it came out; ``issued`` the case this visit ended in, with the
    ``job`` that prints its slip. ``notice_asked`` is the visit and number whose open notice was looked for.
    ``message`` and ``entry_error`` are codes with their values; ``message`` may be two with a space between.
    ``over`` lies over the work, ``under`` what comes back after a pause was thought better of; ``cover`` hides it
    until the password is given. ``pauses`` are today's; ``shaded`` hides the person while nobody touches a key.
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
    hanging: tuple[OwnCard, ...] = ()
    room: Room = Room.PLENTY
    done_today: tuple[int, int] = (0, 0)
    held: tuple[HeldVisit, ...] = ()
    missed: Visit | None = None
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
    notice_asked: str = ""
    over: Over | None = None
    under: Over | None = None
    cover: Cover | None = None
    pauses: tuple[Pause, ...] = ()
    shaded: bool = False
    person_entry: PersonEntry | None = None
    read_asked: tuple[str, int] | None = None
    line: LineFacts = field(default_factory=LineFacts)
    handing: Handing = field(default_factory=Handing)
    item_search: ItemSearch | None = None
    item_index: tuple[int, ItemIndex] | None = None
    item_choices: Mapping[tuple[str, str], int] = field(default_factory=dict)
    item_changes: Mapping[str, tuple[Change, ...]] = field(default_factory=dict)
    order: WindowOrder | None = None
    onward: Onward | None = None
    found: Found | None = None
    ways: Ways = field(default_factory=Ways)
    originals: Originals = field(default_factory=Originals)
    original_pane: OriginalPane | None = None
    rateable: Rateable | None = None
    copies: Mapping[str, int] = field(default_factory=dict)
    copy_pane: CopyPane | None = None
    elsewhere: int = 0
    pickup: tuple[Case, ...] = ()
    unserved: tuple[Case, ...] = ()
    late: tuple[Case, ...] = ()
    pickup_asked: tuple[str, ...] = ()
    answers: tuple[Case, ...] = ()
    conflicts: tuple[ConflictTask, ...] = ()
    block_asked_ms: int = 0
    rating: RatingAsk | None = None
    notes_seen: frozenset[str] = frozenset()

    @property
    def lights(self) -> LightLimits:
        """When the clock of a case changes colour, as the catalogue says."""
        return self.catalogue.cards.lights if self.catalogue is not None else DEFAULT_LIGHTS

    @property
    def pausing(self) -> Pause | None:
        """The pause that lasts."""
        return next((each for each in self.pauses if each.ended_ms is None), None)

    @property
    def covered(self) -> bool:
        """Whether nothing but the password is taken."""
        return self.cover is not None or (self.clerk is not None and self.pausing is not None)

    @property
    def offline(self) -> bool:
        """Whether the window works alone just now."""
        return self.link.offline
