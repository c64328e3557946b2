"""The first contacts of the hall that nobody took over yet (首问未接), for the floor manager's view."""

from app.domain.floor import MINUTE_MS, ContactFacts, Thresholds, contact_level
from app.domain.takeover import asked_window, unaccepted
from sync.protocol.floor_messages import FloorContact
from sync.server.storage import first_contacts
from sync.server.storage.engine import Transaction


def unaccepted_contacts(connection: Transaction, hall: str) -> tuple[ContactFacts, ...]:
    """Return them, the one that waits longest first."""
    return tuple(
        ContactFacts(
            contact_id=contact.contact_id,
            number=contact.number,
            owner=contact.owner,
            owner_window=contact.owner_window,
            to_window=asked_window(contact, ticket),
            handed_ms=contact.handed_ms,
        )
        for contact, ticket in first_contacts.handed(connection, hall)
        if unaccepted(contact, ticket)
    )


def contact_row(each: ContactFacts, now_ms: int, limits: Thresholds) -> FloorContact:
    """Return one as the view is sent it."""
    minutes = max(0, now_ms - each.handed_ms) // MINUTE_MS
    level = contact_level(minutes, limits)
    return FloorContact(
        number=each.number,
        owner=each.owner,
        owner_window=each.owner_window,
        to_window=each.to_window,
        minutes=minutes,
        level=level.value if level else None,
    )
