"""What the search knows at one moment."""

from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtGui import QImage

from app.domain.case import Case, CaseState
from app.domain.contact_record import ContactRecord
from app.domain.far_case import FarCase, FarDetail
from app.domain.original import Original
from app.ports.spool import PrintJob


class Group(StrEnum):
    """The groups above the hits, in their order."""

    ALL = "all"
    RUNNING = "running"
    SUPPLEMENT = "supplement"
    DONE = "done"
    REFUSED = "refused"
    CARDS = "cards"


_GROUPS = {
    CaseState.SUPPLEMENT_NOTICED: Group.SUPPLEMENT,
    CaseState.REFUSED: Group.REFUSED,
    CaseState.WITHDRAWN: Group.DONE,
    CaseState.DELIVERED: Group.DONE,
    CaseState.ARCHIVED: Group.DONE,
    CaseState.VOIDED: Group.DONE,
}


def group_of(case: Case | FarCase) -> Group:
    """Return the group a case stands in; red and yellow cards stand in two."""
    return _GROUPS.get(case.state, Group.RUNNING)


@dataclass(frozen=True, slots=True)
class Looked:
    """What the store says of the case that is looked at: its papers and sealed originals, oldest first."""

    case_id: str
    jobs: tuple[PrintJob, ...] = ()
    originals: tuple[Original, ...] = ()


@dataclass(frozen=True, slots=True)
class SlipPicture:
    """The paper of the case that is looked at, masked."""

    case_id: str
    image: QImage = field(compare=False)
    key: str = ""


class FarStatus(StrEnum):
    """How the server's part of the search stands."""

    NONE = "none"
    ASKING = "asking"
    HERE = "here"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True, repr=False)
class FarState:
    """What the server found for ``tokens``; ``at`` is the row of it that is marked, instead of one of this counter's.

    ``trouble`` is a code; ``detail`` belongs to the marked case once it was looked at.
    """

    tokens: tuple[str, ...] = ()
    status: FarStatus = FarStatus.NONE
    hits: tuple[FarCase, ...] = ()
    more: bool = False
    trouble: str = ""
    at: int | None = None
    detail: FarDetail | None = None


@dataclass(frozen=True, slots=True)
class SearchState:
    """``typed`` is the box, ``answered`` the text the hits belong to, ``at`` the marked row among those shown.

    ``entered`` means that Enter came before the answer: the first hit opens when it is there. ``opened`` means
    that the keyboard is in the case, not in the box; ``showing`` that its paper is shown. ``scanned`` means that a
    scanner and not the box asked: Esc leaves the case for ``before``, the search it came over, or for the work.
    ``contact`` is the registered first contact that the text finds.
    """

    typed: str = ""
    answered: str = ""
    hits: tuple[Case, ...] = ()
    group: Group = Group.ALL
    at: int = 0
    opened: bool = False
    entered: bool = False
    showing: bool = False
    looked: Looked | None = None
    slip: SlipPicture | None = None
    message: str = ""
    scanned: bool = False
    before: "SearchState | None" = None
    far: FarState = FarState()
    contact: ContactRecord | None = None

    def looked_at(self, case: Case) -> bool:
        """Say whether the papers that are known are those of a case."""
        return self.looked is not None and self.looked.case_id == case.case_id

    @property
    def last_job(self) -> PrintJob | None:
        """Return the newest paper of the case that is looked at."""
        return self.looked.jobs[-1] if self.looked is not None and self.looked.jobs else None
