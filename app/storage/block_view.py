"""The window's reserved block, as the counter's copy of the hall has it and as its own log gives it back."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, exists, insert, select, update

from app.domain.ticket import BORN, Ticket, TicketState
from app.storage import rows
from app.storage.mirror_tables import TICKET
from app.storage.offer_view import answered
from app.storage.own_number_table import OWN_NUMBER
from app.storage.tables import COUNTER_STATE, VISIT

_KEPT = tuple(each.name for each in OWN_NUMBER.columns)
_RESERVED = (
    select(TICKET)
    .where(
        TICKET.c.state == TicketState.RESERVED,
        TICKET.c.window == bindparam("at"),
        TICKET.c.business_date == bindparam("day"),
    )
    .order_by(TICKET.c.epoch)
)
_TOLD = exists().where(TICKET.c.ticket_id == OWN_NUMBER.c.ticket_id)
_HERE = exists().where(VISIT.c.ticket_id == OWN_NUMBER.c.ticket_id)
_OWN = (
    select(OWN_NUMBER)
    .where(OWN_NUMBER.c.business_date == bindparam("day"), ~_TOLD, ~_HERE)
    .order_by(OWN_NUMBER.c.issued_ms, OWN_NUMBER.c.number)
)
_ADD_OWN = insert(OWN_NUMBER)
_SET_STATE = update(COUNTER_STATE)


class BlockView:
    """Implements ``app.ports.block_store.BlockReading``."""

    _connection: Connection

    def reserved_for(self, window: str) -> Sequence[Ticket]:
        """See ``BlockReading``."""
        day = rows.state(self._connection)["business_date"]
        found = self._connection.execute(_RESERVED, {"at": window, "day": day}).mappings()
        return [rows.ticket_of(row) for row in found]

    def given_back(self, ticket: Ticket) -> bool:
        """See ``BlockReading``. The log is the record; of a release the server refused, the feed tells what holds."""
        return answered(self._connection, "ticket.released", ticket)

    def own_numbers(self, window: str) -> Sequence[Ticket]:
        """See ``BlockReading``."""
        state = rows.state(self._connection)
        found = self._connection.execute(_OWN, {"day": state["business_date"]}).mappings()
        return [Ticket(**row, hall=state["hall"], window=window, state=TicketState.RESERVED, rev=BORN) for row in found]

    def own_block_epoch(self) -> int:
        """See ``BlockReading``."""
        epoch: int | None = rows.state(self._connection)["own_block_epoch"]
        return epoch or 0


class BlockWriting:
    """Implements ``app.ports.block_store.BlockWork``."""

    _connection: Connection

    def put_own_number(self, ticket: Ticket) -> None:
        """See ``BlockWork``."""
        self._connection.execute(_ADD_OWN, {each: getattr(ticket, each) for each in _KEPT})

    def put_own_block_epoch(self, epoch: int) -> None:
        """See ``BlockWork``."""
        self._connection.execute(_SET_STATE, {"own_block_epoch": epoch})
