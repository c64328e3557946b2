"""What the guide desk's window shows: frozen values, so that what did not change is not painted again."""

from dataclasses import dataclass

from ui.screens.floor.view_model import FloorTopView, SheetView, StripView
from ui.widgets.slip_views import SlipView
from ui.widgets.views import Tone


@dataclass(frozen=True, slots=True)
class LetterView:
    """One business by its letter; ``tone`` is of the longest wait, ``chosen`` while its number is being taken.

    ``on`` says that the letter does something now.
    """

    code: str
    name: str
    waiting: int
    detail: str
    tone: Tone = Tone.PLAIN
    chosen: bool = False
    on: bool = True


@dataclass(frozen=True, slots=True)
class GuideView:
    """The whole window; ``grey`` while nothing can be done: what is shown is of an earlier moment."""

    ui_state: str
    top: FloorTopView
    letters: tuple[LetterView, ...]
    missed: SheetView
    given: SheetView
    slip: SlipView
    keys: tuple[str, ...]
    lit: str = ""
    strip: StripView | None = None
    message: str = ""
    grey: bool = False
    sheet: SheetView | None = None
