"""Tickets handed to this window, as the counter's copy of the hall has them and as its own log answers them."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from app.domain.ticket import Ticket
from app.domain.transfer import OFFERED
from app.storage import rows
from app.storage.mirror_tables import TICKET
from app.storage.tables import OPERATION

JUST_ACKNOWLEDGED = 50
"""Operations that the server has and the feed may not have told of yet: a page of it comes within seconds."""


class OfferView:
    """Implements ``app.ports.offer_store.OfferReading``."""

    _connection: Connection

    def offered_to(self, window: str) -> Sequence[Ticket]:
        """See ``OfferReading``."""
        offered = select(TICKET).where(TICKET.c.state.in_(OFFERED), TICKET.c.to_window == window)
        found = self._connection.execute(offered.order_by(TICKET.c.offered_ms, TICKET.c.ticket_id)).mappings()
        return [rows.ticket_of(row) for row in found]

    def sent_back(self, offer: Ticket) -> bool:
        """See ``OfferReading``. The log is the record; of an answer the server refused, the feed tells what holds."""
        return answered(self._connection, "ticket.declined", offer)


def answered(connection: Connection, kind: str, ticket: Ticket) -> bool:
    """Say whether the log has an operation of that kind about this revision of the ticket that was not refused."""
    acked: int = rows.state(connection)["acked_seq"]
    wire = OPERATION.c.wire
    answer = select(OPERATION.c.seq).where(
        OPERATION.c.seq > acked - JUST_ACKNOWLEDGED,
        OPERATION.c.parked.is_(None),
        wire["kind"].as_string() == kind,
        wire["entity_id"].as_string() == ticket.ticket_id,
        wire["base_rev"].as_integer() >= ticket.rev,
    )
    return connection.execute(answer.limit(1)).first() is not None
