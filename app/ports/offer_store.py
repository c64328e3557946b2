"""What 转窗 needs of the counter's store: tickets that were handed to this window, and what it answered."""

from collections.abc import Sequence
from typing import Protocol

from app.domain.ticket import Ticket


class OfferReading(Protocol):
    """A part of ``app.ports.store.Reading``."""

    def offered_to(self, window: str) -> Sequence[Ticket]:
        """Return the tickets handed to that window or sent back to it, oldest first."""
        ...

    def sent_back(self, offer: Ticket) -> bool:
        """Say whether this counter sent this very offer back already, before the authority's feed says so."""
        ...
