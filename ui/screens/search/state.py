"""What the search knows at one moment."""

from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtGui import QImage

from app.domain.case import Case, CaseState
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


def group_of(case: Case) -> Group:
    """Return the group a case stands in; red and yellow cards stand in two."""
    return _GROUPS.get(case.state, Group.RUNNING)


@dataclass(frozen=True, slots=True)
class Looked:
    """What the store says of the case that is looked at: its papers, oldest first."""

    case_id: str
    jobs: tuple[PrintJob, ...] = ()


@dataclass(frozen=True, slots=True)
class SlipPicture:
    """The paper of the case that is looked at, masked."""

    case_id: str
    image: QImage = field(compare=False)
    key: str = ""


@dataclass(frozen=True, slots=True)
class SearchState:
    """``typed`` is the box, ``answered`` the text the hits belong to, ``at`` the marked row among those shown.

    ``entered`` means that Enter came before the answer: the first hit opens when it is there. ``opened`` means
    that the keyboard is in the case, not in the box; ``showing`` that its paper is shown.
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
