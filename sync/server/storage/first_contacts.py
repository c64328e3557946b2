"""Rows of first contacts that were handed to another window (``app.domain.takeover``)."""

from collections.abc import Collection
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import Connection, and_, bindparam, insert, or_, select, update

from app.domain.takeover import Contact, ContactState
from app.domain.ticket import Ticket
from sync.server.storage import tickets
from sync.server.storage.padded import padded
from sync.server.storage.tables import contact

_CONTACT = select(*(contact.c[field.name] for field in fields(Contact)))
_GET = _CONTACT.where(
    contact.c.hall == bindparam("of_hall"), contact.c.contact_id == bindparam("of_contact")
).with_for_update()
_KNOWN = select(contact.c.contact_id).where(
    contact.c.hall == bindparam("of_hall"), contact.c.contact_id.in_(bindparam("ids", expanding=True))
)
_NAMED = _CONTACT.where(
    contact.c.hall == bindparam("of_hall"), contact.c.contact_id.in_(bindparam("ids", expanding=True))
)

_REPLACE = update(contact).where(
    contact.c.hall == bindparam("of_hall"), contact.c.contact_id == bindparam("of_contact")
)
_ADD = insert(contact)


def get(connection: Connection, hall: str, contact_id: str) -> Contact | None:
    """Return one contact and lock its row."""
    row = connection.execute(_GET, {"of_hall": hall, "of_contact": contact_id}).first()
    return _read(row) if row else None


def known(connection: Connection, hall: str, ids: Collection[str]) -> set[str]:
    """Return those of the ids under which there is a contact."""
    return set(connection.execute(_KNOWN, {"of_hall": hall, "ids": padded(ids)}).scalars())


def put(connection: Connection, new: Contact) -> None:
    """Insert the contact or replace the one with its id."""
    values = {**asdict(new), "state": new.state.value}
    if not connection.execute(_REPLACE, {**values, "of_hall": new.hall, "of_contact": new.contact_id}).rowcount:
        connection.execute(_ADD, values)


def handed(connection: Connection, hall: str) -> list[tuple[Contact, Ticket | None]]:
    """Return the contacts nobody took over, oldest first, each with its ticket where it has one."""
    wanted = _CONTACT.where(contact.c.hall == hall, contact.c.state == ContactState.HANDED)
    found = [_read(row) for row in connection.execute(wanted.order_by(contact.c.handed_ms, contact.c.contact_id))]
    return [(each, tickets.get(connection, hall, each.ticket_id) if each.ticket_id else None) for each in found]


def standing(connection: Connection, hall: str, since_ms: int) -> list[Contact]:
    """Return the contacts that are not closed, and those handed on since that instant (UTC)."""
    of_hall, closed = contact.c.hall == hall, contact.c.state == ContactState.CLOSED
    open_ = contact.c.state.in_(sorted(set(ContactState) - {ContactState.CLOSED}))
    lately = and_(of_hall, closed, contact.c.handed_ms >= since_ms)
    counts = or_(and_(of_hall, open_), lately)  # each half along the index
    return [_read(row) for row in connection.execute(_CONTACT.where(counts))]


def named(connection: Connection, hall: str, ids: Collection[str]) -> list[Contact]:
    """Return those of the contacts that there are."""
    return [_read(row) for row in connection.execute(_NAMED, {"of_hall": hall, "ids": padded(ids)})]


def _read(row: Any) -> Contact:
    known = Contact(*row)
    return Contact(**{**asdict(known), "state": ContactState(known.state)})
