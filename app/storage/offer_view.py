"""Tickets handed to this window, as the counter's copy of the hall has them and as its own log answers them."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, select

from app.domain.ticket import Ticket
from app.domain.transfer import OFFERED
from app.storage import rows
from app.storage.mirror_tables import TICKET
from app.storage.tables import OPERATION

JUST_ACKNOWLEDGED = 50
"""Operations that the server has and the feed may not have told of yet: a page of it comes within seconds."""

_OFFERED = (
    select(TICKET)
    .where(TICKET.c.state.in_(sorted(OFFERED)), TICKET.c.to_window == bindparam("to"))
    .order_by(TICKET.c.offered_ms, TICKET.c.ticket_id)
)
_ANSWER = (
    select(OPERATION.c.seq)
    .where(
        OPERATION.c.seq > bindparam("behind"),
        OPERATION.c.parked.is_(None),
        OPERATION.c.wire["kind"].as_string() == bindparam("of_kind"),
        OPERATION.c.wire["entity_id"].as_string() == bindparam("of_ticket"),
        OPERATION.c.wire["base_rev"].as_integer() >= bindparam("from_rev"),
    )
    .limit(1)
)


class OfferView:
    """Implements ``app.ports.offer_store.OfferReading``."""

    _connection: Connection

    def offered_to(self, window: str) -> Sequence[Ticket]:
        """See ``OfferReading``."""
        found = self._connection.execute(_OFFERED, {"to": window}).mappings()
        return [rows.ticket_of(row) for row in found]

    def sent_back(self, offer: Ticket) -> bool:
        """See ``OfferReading``. The log is the record; of an answer the server refused, the feed tells what holds."""
        return answered(self._connection, "ticket.declined", offer)


def answered(connection: Connection, kind: str, ticket: Ticket) -> bool:
    """Say whether the log has an operation of that kind about this revision of the ticket that was not refused."""
    acked: int = rows.state(connection)["acked_seq"]
    behind = acked - JUST_ACKNOWLEDGED
    about = {"behind": behind, "of_kind": kind, "of_ticket": ticket.ticket_id, "from_rev": ticket.rev}
    return connection.execute(_ANSWER, about).first() is not None
