"""What the tasks need of the counter's store: the operations that the server parked, and what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.domain.conflict import How
from app.domain.operation import Operation
from app.domain.ticket import Ticket


@dataclass(frozen=True, slots=True, repr=False)
class ParkedOperation:
    """An operation that waits for a person, and the code of why; no repr: its payload names persons."""

    operation: Operation
    reason: str


class ConflictReading(Protocol):
    """A part of ``app.ports.store.Reading``."""

    def conflicts(self) -> int:
        """Return of how many tickets, cases and other matters parked operations wait for a person."""
        ...

    def parked_operations(self, limit: int) -> Sequence[ParkedOperation]:
        """Return them, oldest first."""
        ...

    def parked_operation(self, seq: int) -> ParkedOperation | None:
        """Return one of them; None where it was never parked, or is resolved."""
        ...

    def ticket_heard(self, ticket_id: str) -> Ticket | None:
        """Return a ticket as the feed last told of it."""
        ...


class ConflictWork(ConflictReading, Protocol):
    """A part of ``app.ports.store.Work``."""

    def resolve_parked(self, seq: int, how: How) -> None:
        """Keep what a person made of a parked operation; it waits no more, and stays in the log for ever."""
        ...
