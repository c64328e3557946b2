"""Rows of first contacts that somebody may still go on with; what was said of them is sealed."""

from dataclasses import asdict, dataclass

from sqlalchemy import Connection, delete, insert, select

from sync.server.storage.contact_tables import contact_record


@dataclass(frozen=True, slots=True)
class KeptContact:
    """One contact: its printed number, who was asked first and where in clear, all else in ``sealed``."""

    hall: str
    contact_id: str
    number: str
    clerk: str
    window: str
    sealed: bytes


_COLUMNS = select(*(contact_record.c[name] for name in KeptContact.__slots__))


def get(connection: Connection, hall: str, contact_id: str) -> KeptContact | None:
    """Return one contact."""
    wanted = _COLUMNS.where(contact_record.c.hall == hall, contact_record.c.contact_id == contact_id)
    row = connection.execute(wanted).first()
    return KeptContact(*row) if row else None


def put(connection: Connection, new: KeptContact) -> None:
    """Insert the contact, or replace the one with its id."""
    drop(connection, new.hall, new.contact_id)
    connection.execute(insert(contact_record).values(asdict(new)))


def drop(connection: Connection, hall: str, contact_id: str) -> None:
    """Forget what was said: the matter is closed."""
    held = contact_record.c.hall == hall, contact_record.c.contact_id == contact_id
    connection.execute(delete(contact_record).where(*held))
