"""First contacts that were handed on, as the counter's copy of the hall has them."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.engine import RowMapping

from app.domain.takeover import Contact, ContactState, may_take_over, unaccepted
from app.domain.ticket import Ticket
from app.storage import rows
from app.storage.contact_records import RecordView
from app.storage.mirror_tables import CONTACT, TICKET

_TICKET = select(TICKET).where(TICKET.c.ticket_id == bindparam("wanted"))


class ContactView(RecordView):
    """Implements ``app.ports.contact_store.ContactReading``."""

    _connection: Connection

    def contact(self, contact_id: str) -> tuple[Contact, Ticket | None] | None:
        """See ``ContactReading``."""
        wanted = select(CONTACT).where(CONTACT.c.contact_id == contact_id)
        row = self._connection.execute(wanted).mappings().first()
        return None if row is None else self._with_ticket(row)

    def unaccepted_contacts(self, window: str) -> Sequence[tuple[Contact, Ticket | None]]:
        """See ``ContactReading``."""
        handed = select(CONTACT).where(CONTACT.c.state == ContactState.HANDED)
        found = self._connection.execute(handed.order_by(CONTACT.c.handed_ms, CONTACT.c.contact_id)).mappings().all()
        pairs = [self._with_ticket(row) for row in found]
        return [each for each in pairs if unaccepted(*each) and may_take_over(*each, window)]

    def ticket(self, ticket_id: str) -> Ticket | None:
        """See ``ContactReading``."""
        row = self._connection.execute(_TICKET, {"wanted": ticket_id}).mappings().first()
        return None if row is None else rows.ticket_of(row)

    def _with_ticket(self, row: RowMapping) -> tuple[Contact, Ticket | None]:
        known = _contact_of(row)
        return known, self.ticket(known.ticket_id) if known.ticket_id else None


def _contact_of(row: Mapping[str, Any] | RowMapping) -> Contact:
    values = {each.name: row[each.name] for each in fields(Contact)}
    return Contact(**{**values, "state": ContactState(values["state"])})
