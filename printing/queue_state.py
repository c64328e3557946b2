"""How a queue of the system's spooler stands, and a document in it; of CUPS and Windows alike."""

from dataclasses import dataclass
from enum import StrEnum

from printing.errors import PrinterReason


class Progress(StrEnum):
    """Where a document stands in its queue."""

    WAITING = "waiting"
    """It has not begun."""
    PRINTING = "printing"
    DONE = "done"
    DROPPED = "dropped"
    """Given up by the queue or taken back by a person."""
    GONE = "gone"
    """The queue knows it no more."""


@dataclass(frozen=True, slots=True)
class QueueState:
    """How a queue stands; ``fault`` None means that it takes and passes documents on."""

    fault: PrinterReason | None
    near_end: bool = False


class QueueFault(Exception):  # noqa: N818 - a state of the machine
    """The system's spooler is missing or says no; ``unsure`` where the document may have been taken all the same."""

    def __init__(self, reason: PrinterReason, *, unsure: bool = False) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.unsure = unsure
