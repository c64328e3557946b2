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

    def own_numbers(self, window: str) -> Sequence[Ticket]:
        """Return today's numbers of this window's own series that nobody called or served yet, the oldest first.

        Only those the authority's feed does not tell of; the others are in ``reserved_for`` while they wait.
        """
        ...

    def own_block_epoch(self) -> int:
        """Return up to which reservation this counter asked for its block by itself; 0: for none."""
        ...


class BlockWork(Protocol):
    """A part of ``app.ports.store.Work``."""

    def put_own_number(self, ticket: Ticket) -> None:
        """Keep a number of the window's own series that was given to somebody who waits."""
        ...

    def put_own_block_epoch(self, epoch: int) -> None:
        """Keep up to which reservation this counter asked for its block by itself."""
        ...
