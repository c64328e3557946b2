"""What the A4 originals need: rows beside the case, a durable way to the A4 printer, and the printer itself."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from app.domain.original import Original


class OriginalReading(Protocol):
    """A part of ``app.ports.store.Reading``."""

    def originals_owed(self) -> Sequence[Original]:
        """Return what is not sealed yet, oldest first: the list 待出正本."""
        ...

    def original(self, original_id: str) -> Original | None:
        """Return one original."""
        ...

    def originals_of(self, case_id: str) -> Sequence[Original]:
        """Return the originals of a case, oldest first, voided ones too."""
        ...

    def original_paper(self, original_id: str) -> Mapping[str, Any]:
        """Return its frozen content, as ``app.domain.paper.blocks.document_to_json`` made it."""
        ...


class OriginalWork(Protocol):
    """A part of ``app.ports.store.Work``."""

    def owe_original(self, original: Original, document: Mapping[str, Any]) -> None:
        """Put an original on the list, with its frozen content."""
        ...

    def put_original(self, original: Original) -> None:
        """Record what became of an original; its content never changes."""
        ...


class OriginalSpool(Protocol):
    """The originals as the A4 thread sees them. Every method is one durable transaction."""

    def next_queued(self) -> Original | None:
        """Return the oldest original that waits for the printer."""
        ...

    def claim(self, original_id: str) -> Mapping[str, Any] | None:
        """Turn a queued original into one being sent and return its content; None when it is queued no longer."""
        ...

    def settle(self, original: Original) -> None:
        """Record durably what became of one that was being sent."""
        ...

    def unsettled(self) -> Sequence[Original]:
        """Return those that a run before left ``sending``."""
        ...

    def owed(self) -> Sequence[Original]:
        """Return what is not sealed yet, oldest first."""
        ...


class A4Reason(StrEnum):
    """Why an original was not handed over, or may have been; codes of the message table."""

    NO_PROGRAM = "a4_no_program"
    REFUSED = "a4_refused"
    UNANSWERED = "a4_unanswered"
    NOT_WRITTEN = "a4_not_written"
    NOT_RENDERED = "a4_not_rendered"
    INTERRUPTED = "a4_interrupted"
    STOPPED = "a4_stopped"
    STOPPED_MIDWAY = "a4_stopped_midway"
    NO_PAPER = "a4_no_paper"
    NO_PAPER_MIDWAY = "a4_no_paper_midway"
    UNFINISHED = "a4_unfinished"
    UNFINISHED_MIDWAY = "a4_unfinished_midway"
    DROPPED = "a4_dropped"


class A4Fault(Exception):  # noqa: N818 - a state of the printer, told to the clerk
    """The A4 role did not take a document; ``unsure`` where copies may come out all the same."""

    def __init__(self, reason: A4Reason, *, unsure: bool = False) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.unsure = unsure


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Where a PDF went: a queue or a file. ``kept`` says that no printer took it."""

    place: str
    kept: bool = False


class OriginalPrinter(Protocol):
    """The A4 role: takes a PDF and prints it so many times."""

    def hand_over(self, pdf: bytes, name: str, copies: int) -> HandedOver:
        """Hand a PDF over; ``name`` is its document number, and no person's.

        Raises:
            A4Fault: with the reason.
        """
        ...

    def stop_waiting(self) -> None:
        """Let a ``hand_over`` that waits for its paper end now, in doubt; from any thread."""
        ...

    def keep_only(self, names: Collection[str]) -> None:
        """Delete the PDFs kept for a person but for those whose names begin like one of these: they name people."""
        ...
