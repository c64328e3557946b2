"""What first contacts need of the counter's store: as the hall's feed tells of them, and what was said of them."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from app.domain.contact_record import ContactRecord
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

    def contact_record(self, key: str) -> ContactRecord | None:
        """Return a registered contact that is kept here, by its id or its printed number.

        One that the hall tells to be closed is given as closed, whatever was kept of it.
        """
        ...

    def open_contact_records(self, limit: int) -> Sequence[ContactRecord]:
        """Return those somebody may still go on with, newest first."""
        ...


class ContactWork(Protocol):
    """A part of ``app.ports.store.Work``."""

    def put_contact_record(self, record: ContactRecord) -> None:
        """Insert the contact, or replace the one with its id."""
        ...


class ContactKeeping(Protocol):
    """Where contacts that other windows registered are kept; every method is one transaction."""

    def unread(self, window: str, limit: int) -> Sequence[str]:
        """Return the ids of contacts that this window is asked to go on with and that are not here."""
        ...

    def forget_closed(self) -> None:
        """Forget what was said of contacts that the hall tells to be closed."""
        ...

    def keep(self, records: Sequence[Mapping[str, Any]]) -> int:
        """Keep contacts, each as ``record_to_json`` gives it; returns how many were new.

        Raises:
            UnreadableRow: a record this version does not know.
        """
        ...
