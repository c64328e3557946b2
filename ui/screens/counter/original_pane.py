"""What the window knows of the sealed originals: the list 待出正本, this visit's own, and the one the pane shows."""

from dataclasses import dataclass, field

from PySide6.QtGui import QImage

from app.domain.case import Case
from app.domain.original import Original, OriginalState
from app.domain.visit import Visit
from app.ports.store import Reading


@dataclass(frozen=True, slots=True)
class Originals:
    """``owed`` is the list, oldest first; ``here`` the original of the paper that the citizen at the window gets."""

    owed: tuple[Original, ...] = ()
    here: Original | None = None

    def named(self, original_id: str) -> Original | None:
        """Return the one with this id, if it is still of interest."""
        known = (*self.owed, *((self.here,) if self.here else ()))
        return next((each for each in known if each.original_id == original_id), None)


@dataclass(frozen=True, slots=True)
class SheetPicture:
    """The page as it prints, its people masked; ``key`` names its content."""

    image: QImage = field(compare=False)
    key: str


@dataclass(frozen=True, slots=True)
class OriginalPane:
    """The right pane is turned to an original. ``visit_id`` is whose page it was turned over, empty while idle."""

    original_id: str
    visit_id: str
    printer: str
    picture: SheetPicture | None = None


def read_originals(view: Reading, visit: Visit | None, issued: Case | None) -> Originals:
    """Return what the store says; a paper of an earlier visit is not this citizen's now."""
    here = None
    if visit is not None and issued is not None:
        live = (each for each in view.originals_of(issued.case_id) if each.state is not OriginalState.VOIDED)
        here = next((each for each in reversed(tuple(live)) if each.created_ms >= visit.called_ms), None)
    return Originals(tuple(view.originals_owed()), here)


def visit_key(visit: Visit | None) -> str:
    """Return what a pane is turned over for."""
    return visit.visit_id if visit is not None else ""
