"""One citizen at one window: the window's own record of a ticket it called or was shown."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.channel import Channel
from app.domain.transitions import TransitionTable


class VisitState(StrEnum):
    """What the counter's screen stands at."""

    CALLED = "called"
    SERVING = "serving"
    HELD = "held"
    ISSUED = "issued"
    FINISHED = "finished"


class VisitEvent(StrEnum):
    """What the clerk or the citizen does."""

    ARRIVE = "arrive"
    ISSUE = "issue"
    RECALL = "recall"
    WITHDRAW = "withdraw"
    HOLD = "hold"
    RESUME = "resume"
    MISS = "miss"
    TRANSFER = "transfer"
    UNMISS = "unmiss"
    FINISH = "finish"
    END = "end"
    REOPEN = "reopen"
    REHOME = "rehome"


VISIT = TransitionTable(
    {
        (VisitState.CALLED, VisitEvent.ARRIVE): VisitState.SERVING,
        (VisitState.CALLED, VisitEvent.RECALL): VisitState.CALLED,
        (VisitState.CALLED, VisitEvent.WITHDRAW): VisitState.FINISHED,
        (VisitState.CALLED, VisitEvent.HOLD): VisitState.HELD,
        (VisitState.CALLED, VisitEvent.MISS): VisitState.FINISHED,
        (VisitState.CALLED, VisitEvent.TRANSFER): VisitState.FINISHED,
        (VisitState.SERVING, VisitEvent.TRANSFER): VisitState.FINISHED,
        (VisitState.SERVING, VisitEvent.RECALL): VisitState.SERVING,
        (VisitState.SERVING, VisitEvent.HOLD): VisitState.HELD,
        (VisitState.SERVING, VisitEvent.MISS): VisitState.FINISHED,
        (VisitState.HELD, VisitEvent.RESUME): VisitState.SERVING,
        (VisitState.HELD, VisitEvent.REHOME): VisitState.FINISHED,
        (VisitState.FINISHED, VisitEvent.UNMISS): VisitState.CALLED,
        (VisitState.SERVING, VisitEvent.ISSUE): VisitState.ISSUED,
        (VisitState.ISSUED, VisitEvent.FINISH): VisitState.FINISHED,
        (VisitState.SERVING, VisitEvent.END): VisitState.FINISHED,
        (VisitState.ISSUED, VisitEvent.REOPEN): VisitState.SERVING,
    }
)


class Admission(StrEnum):
    """How the citizen came to this window (sync.md section 2)."""

    CALLED = "called"
    PRESENTED = "presented"
    WALKED_IN = "walked_in"
    CONTINUED = "continued"


class Outcome(StrEnum):
    """A visit always ends in an outcome (design.md decision 14)."""

    ACCEPTED = "accepted"
    COMPLETED = "completed"
    RECEIVED = "received"
    NOTICED = "noticed"
    INFORMED = "informed"
    MISSED = "missed"
    CALL_WITHDRAWN = "call_withdrawn"
    TRANSFERRED = "transferred"
    REFUSED = "refused"
    ANSWERED = "answered"
    REGISTERED = "registered"
    LEFT = "left"
    PICKED_UP = "picked_up"
    WITHDRAWN = "withdrawn"
    VOIDED = "voided"
    CORRECTED = "corrected"


CAME_TO_NOTHING = frozenset({Outcome.MISSED, Outcome.CALL_WITHDRAWN, Outcome.TRANSFERRED})
"""Outcomes after which the ticket may still be called: nobody was served, or the citizen was sent on and came back."""


class HoldReason(StrEnum):
    """Why a visit is put aside for a while (flows.md section 7), in the order of the digits 1-4."""

    PHOTO = "photo"
    MATERIALS = "materials"
    ADVICE = "advice"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Visit:
    """Times are UTC milliseconds.

    ``ticket_rev`` is the revision at which the authority called the ticket, or that was known when it was presented.
    ``recalls`` counts the calls after the first, ``recalled_ms`` is the last of them. While the visit is held,
    ``held_ms`` says since when and ``hold_reason`` why; ``away_ms`` is how long it was held before, in milliseconds.
    ``channel`` is how it reached the window; ``contact_id`` the registered first contact that it goes on with.
    """

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
    ticket_rev: int | None = None
    recalls: int = 0
    recalled_ms: int | None = None
    held_ms: int | None = None
    hold_reason: HoldReason | None = None
    away_ms: int = 0
    channel: Channel = Channel.IN_PERSON
    contact_id: str | None = None
