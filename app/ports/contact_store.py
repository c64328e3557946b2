"""What 接办 needs of the counter's store: first contacts as the hall's feed tells of them."""

from collections.abc import Sequence
from typing import Protocol

from app.domain.takeover import Contact
from app.domain.ticket import Ticket


class ContactReading(Protocol):
    """A part of ``app.ports.store.Reading``."""

    def contact(self, contact_id: str) -> tuple[Contact, Ticket | None] | None:
        """Return one contact that was handed on, with its ticket where it has one; a ticket's contact bears its id."""
        ...

    def unaccepted_contacts(self, window: str) -> Sequence[tuple[Contact, Ticket | None]]:
        """Return the contacts nobody took over that ask this window, or that a clerk here answers for, oldest first."""
        ...

    def ticket(self, ticket_id: str) -> Ticket | None:
        """Return one ticket, if this counter ever heard of it."""
        ...
