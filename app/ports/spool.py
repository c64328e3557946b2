"""What the printer thread needs of the durable print spool; the paper is a legal record."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol


class JobState(StrEnum):
    """A job is queued, being sent, printed or unknown until a person says; it is never silently lost or repeated."""

    QUEUED = "queued"
    SENDING = "sending"
    PRINTED = "printed"
    UNKNOWN = "unknown"
    """The power or the link went while bytes were on the wire: only a person can say whether paper came out."""
    LOST = "lost"
    """A person said that no paper came out; a reprint follows as a job of its own."""
    VOIDED = "voided"
    """A correction took its place, or it was issued in error: kept, and never printed again."""
    HANDWRITTEN = "handwritten"
    """The printer stood still and the clerk wrote the paper by hand: this one never prints."""


class PrintWay(StrEnum):
    """Where a paper is to come out (design/README.md 13)."""

    OWN = "own"
    OTHER = "other"
    """The printer of another window, or a second one."""
    A4 = "a4"


@dataclass(frozen=True, slots=True, repr=False)
class PrintJob:
    """One paper to print, frozen when its act was committed; it has no repr, for it names persons.

    ``document`` is the filled slip as ``app.domain.paper.blocks.document_to_json`` made it;
    ``reprint`` counts from 0, and every n above it prints 补打 n.
    """

    job_id: str
    slip: str
    document: Mapping[str, Any]
    reprint: int
    state: JobState
    created_ms: int
    case_id: str | None = None
    way: PrintWay = PrintWay.OWN


class Spool(Protocol):
    """The rows of the spool, oldest first. Every method is one durable transaction."""

    def next_queued(self) -> PrintJob | None:
        """Return the oldest queued job, or None. Nothing overtakes a job whose state is unknown."""
        ...

    def claim(self, job_id: str) -> bool:
        """Turn a queued job into one being sent; False, and nothing changed, when it is no longer queued."""
        ...

    def torn_before(self, job_id: str) -> bool:
        """Say whether the paper sent before this one was lost: half of it may hang in the printer still."""
        ...

    def mark(self, job_id: str, state: JobState) -> None:
        """Record durably what became of a job."""
        ...

    def recover(self) -> list[PrintJob]:
        """After a start: turn every job left ``sending`` into ``unknown`` and return the unknown ones."""
        ...


class WaySpool(Spool, Protocol):
    """The papers that a clerk sent another way because this window's printer stood still."""

    def give_back(self, job_id: str) -> bool:
        """Let a queued paper wait for this window's own printer again; False when it is no longer queued."""
        ...
