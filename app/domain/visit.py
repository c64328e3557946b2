"""One citizen at one window: the window's own record of a ticket it called or was shown."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.transitions import TransitionTable


class VisitState(StrEnum):
    """What the counter's screen stands at."""

    CALLED = "called"
    SERVING = "serving"
    ISSUED = "issued"
    FINISHED = "finished"


class VisitEvent(StrEnum):
    """What the clerk or the citizen does."""

    ARRIVE = "arrive"
    ISSUE = "issue"
    MISS = "miss"
    FINISH = "finish"


VISIT = TransitionTable(
    {
        (VisitState.CALLED, VisitEvent.ARRIVE): VisitState.SERVING,
        (VisitState.CALLED, VisitEvent.MISS): VisitState.FINISHED,
        (VisitState.SERVING, VisitEvent.ISSUE): VisitState.ISSUED,
        (VisitState.ISSUED, VisitEvent.FINISH): VisitState.FINISHED,
    }
)


class Admission(StrEnum):
    """How the citizen came to this window (sync.md section 2)."""

    CALLED = "called"
    PRESENTED = "presented"


class Outcome(StrEnum):
    """A visit always ends in an outcome (design.md decision 14)."""

    ACCEPTED = "accepted"
    COMPLETED = "completed"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Visit:
    """Times are UTC milliseconds."""

    visit_id: str
    ticket_id: str | None
    number: str
    business: str
    admission: Admission
    state: VisitState
    called_ms: int
    served_ms: int | None = None
    finished_ms: int | None = None
    case_id: str | None = None
    outcome: Outcome | None = None
