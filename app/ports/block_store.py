"""What a reserved block needs of the counter's store (sync.md section 2, rules 3 and 4)."""

from collections.abc import Sequence
from typing import Protocol

from app.domain.ticket import Ticket


class BlockReading(Protocol):
    """A part of ``app.ports.store.Reading``."""

    def reserved_for(self, window: str) -> Sequence[Ticket]:
        """Return the tickets of the open day that the authority's feed says are reserved for that window."""
        ...

    def given_back(self, ticket: Ticket) -> bool:
        """Say whether this counter gave this very reservation back, before the authority's feed says so."""
        ...

    def own_block_epoch(self) -> int:
        """Return up to which reservation this counter asked for its block by itself; 0: for none."""
        ...


class BlockWork(Protocol):
    """A part of ``app.ports.store.Work``."""

    def put_own_block_epoch(self, epoch: int) -> None:
        """Keep up to which reservation this counter asked for its block by itself."""
        ...
