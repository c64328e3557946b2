"""Registered first contacts with what was said of them: this window's own, and those it is to go on with."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, or_, select, update
from sqlalchemy.engine import RowMapping

from app.domain.channel import Channel
from app.domain.contact_record import ContactRecord, record_of
from app.domain.record import names, plain
from app.domain.takeover import ContactState
from app.ports.replica import UnreadableRow
from app.storage import rows
from app.storage.engine import Database
from app.storage.mirror_tables import CONTACT
from app.storage.tables import CONTACT_RECORD

_KEPT = select(CONTACT_RECORD, CONTACT.c.state.label("told")).outerjoin(
    CONTACT, CONTACT.c.contact_id == CONTACT_RECORD.c.contact_id
)
_NOT_CLOSED = or_(CONTACT.c.state.is_(None), CONTACT.c.state != ContactState.CLOSED)


class RecordView:
    """Implements the part of ``app.ports.contact_store.ContactReading`` that reads what was said."""

    _connection: Connection

    def contact_record(self, key: str) -> ContactRecord | None:
        """See ``ContactReading``."""
        wanted = _KEPT.where(or_(CONTACT_RECORD.c.contact_id == key, CONTACT_RECORD.c.no == key))
        row = self._connection.execute(wanted).mappings().first()
        return None if row is None else _record_of(row)

    def open_contact_records(self, limit: int) -> Sequence[ContactRecord]:
        """See ``ContactReading``."""
        still = _KEPT.where(CONTACT_RECORD.c.closed_ms.is_(None), _NOT_CLOSED)
        newest = still.order_by(CONTACT_RECORD.c.registered_ms.desc(), CONTACT_RECORD.c.no.desc()).limit(limit)
        return [_record_of(row) for row in self._connection.execute(newest).mappings()]


class ContactWriting:
    """Implements ``app.ports.contact_store.ContactWork``."""

    _connection: Connection

    def put_contact_record(self, record: ContactRecord) -> None:
        """See ``ContactWork``."""
        rows.put(self._connection, CONTACT_RECORD, "contact_id", plain(record))


class CounterContacts:
    """Implements ``app.ports.contact_store.ContactKeeping``; may be used from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def unread(self, window: str, limit: int) -> Sequence[str]:
        """See ``ContactKeeping``: a contact with a ticket was handed on with it, and left no words."""
        asked = (
            select(CONTACT.c.contact_id)
            .outerjoin(CONTACT_RECORD, CONTACT_RECORD.c.contact_id == CONTACT.c.contact_id)
            .where(
                CONTACT.c.ticket_id.is_(None),
                CONTACT.c.state != ContactState.CLOSED,
                or_(CONTACT.c.to_window == window, CONTACT.c.owner_window == window),
                CONTACT_RECORD.c.contact_id.is_(None),
            )
            .order_by(CONTACT.c.handed_ms, CONTACT.c.contact_id)
            .limit(limit)
        )
        with self._database.read() as connection:
            return list(connection.execute(asked).scalars())

    def forget_closed(self) -> None:
        """See ``ContactKeeping``; nothing is written where there is nothing to forget."""
        told = select(CONTACT.c.contact_id).where(CONTACT.c.state == ContactState.CLOSED)
        held = (CONTACT_RECORD.c.page.is_not(None), CONTACT_RECORD.c.contact_id.in_(told))
        with self._database.read() as connection:
            if connection.execute(select(CONTACT_RECORD.c.contact_id).where(*held).limit(1)).first() is None:
                return
        with self._database.write() as connection:
            connection.execute(update(CONTACT_RECORD).where(*held).values(page=None, topic=""))

    def keep(self, records: Sequence[Mapping[str, Any]]) -> int:
        """See ``ContactKeeping``."""
        try:
            known = [record_of(each) for each in records]
        except (TypeError, ValueError) as error:
            raise UnreadableRow("contact") from error
        new = 0
        with self._database.write() as connection:
            for each in known:
                held = select(CONTACT_RECORD.c.contact_id).where(CONTACT_RECORD.c.contact_id == each.contact_id)
                if connection.execute(held).first() is None:
                    rows.put(connection, CONTACT_RECORD, "contact_id", plain(each))
                    new += 1
        return new


def _record_of(row: RowMapping) -> ContactRecord:
    values = {name: row[name] for name in names(ContactRecord)}
    record = ContactRecord(**{**values, "channel": Channel(values["channel"])})
    return replace(record, page=None) if row["told"] == ContactState.CLOSED else record
