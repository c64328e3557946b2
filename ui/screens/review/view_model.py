"""What the reviewer's window shows: frozen values, so that what did not change is not painted again."""

from dataclasses import dataclass

from ui.screens.floor.view_model import FloorTopView, SheetView, StripView
from ui.widgets.slip_views import SlipView
from ui.widgets.views import DueView, Tone


@dataclass(frozen=True, slots=True)
class WorkRowView:
    """One case of the list: its clock, short item name, masked applicant, how it stands, and when it is due."""

    case_id: str
    item: str
    applicant: str
    number: str
    state: str
    due: DueView | None
    due_text: str
    tone: Tone = Tone.PLAIN
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class WorkListView:
    """The list at the left; ``note`` counts it, ``empty`` stands for no rows."""

    note: str
    rows: tuple[WorkRowView, ...]
    empty: str


@dataclass(frozen=True, slots=True)
class ReviewView:
    """The whole window: ``about``, ``materials``, ``form`` and ``steps`` are of the chosen case, None without one.

    ``turned`` to its other side: what was handed in and filled in, with all the room there is.
    """

    ui_state: str
    top: FloorTopView
    list: WorkListView
    about: SheetView | None
    materials: SheetView | None
    form: SheetView | None
    steps: SheetView | None
    slip: SlipView
    keys: tuple[str, ...]
    lit: str = ""
    strip: StripView | None = None
    message: str = ""
    sheet: SheetView | None = None
    turned: bool = False
