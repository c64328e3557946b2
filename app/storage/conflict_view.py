"""The operations that the server parked: read for the tasks, resolved once; their case stands as the feed tells it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, func, select, update

from app.domain.conflict import How
from app.domain.operation import from_wire
from app.domain.ticket import Ticket
from app.ports.conflict_store import ParkedOperation
from app.storage import rows
from app.storage.mirror_tables import HALL_CASE, TICKET
from app.storage.tables import CASE, OPERATION

FOLLOWED = (
    "state",
    "rev",
    "accepted_on",
    "promised_due",
    "statutory_due",
    "provisional",
    "notice_due",
    "clock",
)
"""What the server alone may change of a case that a counter took in."""

WAITS = OPERATION.c.parked.is_not(None) & OPERATION.c.resolved.is_(None)
_PARK = update(OPERATION).where(OPERATION.c.seq == bindparam("of_seq"), OPERATION.c.parked.is_(None))
_CASE = select(CASE).where(CASE.c.case_id == bindparam("wanted"))
_MATTER = OPERATION.c.wire["entity_id"].as_string()
_COUNT_WAITING = select(func.count(_MATTER.distinct())).where(WAITS)
_WAITING = select(OPERATION.c.seq).where(WAITS)
_WIRE = select(OPERATION.c.wire).where(OPERATION.c.seq == bindparam("of_seq"))
_TICKET = select(TICKET).where(TICKET.c.ticket_id == bindparam("wanted"))
_HEARD = select(HALL_CASE).where(HALL_CASE.c.case_id == bindparam("wanted"))


def waiting(connection: Connection) -> int:
    """Return of how many tickets, cases and other matters operations wait for a person."""
    return connection.execute(_COUNT_WAITING).scalar_one()


class ConflictView:
    """Implements ``app.ports.conflict_store.ConflictReading`` on the connection of a view."""

    _connection: Connection

    def conflicts(self) -> int:
        """See ``ConflictReading``."""
        return waiting(self._connection)

    def parked_operations(self, limit: int) -> Sequence[ParkedOperation]:
        """See ``ConflictReading``."""
        found = select(OPERATION.c.wire, OPERATION.c.parked).where(WAITS).order_by(OPERATION.c.seq).limit(limit)
        return [ParkedOperation(from_wire(row.wire), row.parked) for row in self._connection.execute(found)]

    def parked_operation(self, seq: int) -> ParkedOperation | None:
        """See ``ConflictReading``."""
        found = select(OPERATION.c.wire, OPERATION.c.parked).where(WAITS, OPERATION.c.seq == seq)
        row = self._connection.execute(found).first()
        return None if row is None else ParkedOperation(from_wire(row.wire), row.parked)

    def ticket_heard(self, ticket_id: str) -> Ticket | None:
        """See ``ConflictReading``."""
        row = self._connection.execute(_TICKET, {"wanted": ticket_id}).mappings().first()
        return None if row is None else rows.ticket_of(row)


class ConflictWriting(ConflictView):
    """Implements ``app.ports.conflict_store.ConflictWork``."""

    def resolve_parked(self, seq: int, how: How) -> None:
        """See ``ConflictWork``."""
        self._connection.execute(update(OPERATION).where(OPERATION.c.seq == seq).values(resolved=how.value))


def park(connection: Connection, parked: Mapping[int, str]) -> None:
    """Mark operations with why the server parked them, once; told again, nothing changes.

    A case that such an operation changed stands here again as the feed tells it. What was said is kept in the log, and
    the whole of the case as the server has it is asked for.
    """
    for seq, reason in parked.items():
        if not connection.execute(_PARK, {"of_seq": seq, "parked": reason}).rowcount:
            continue
        wire = connection.execute(_WIRE, {"of_seq": seq}).scalar_one()
        if wire["entity"] == "case":
            _fall_back(connection, wire["entity_id"])


def unpark(connection: Connection, applied: Collection[int]) -> None:
    """Let go what a restored server applied when it was told again."""
    waits = set(connection.execute(_WAITING).scalars())
    if again := waits.intersection(applied):
        connection.execute(update(OPERATION).where(OPERATION.c.seq.in_(sorted(again))).values(parked=None))


def _fall_back(connection: Connection, case_id: str) -> None:
    own = connection.execute(_CASE, {"wanted": case_id}).mappings().first()
    heard = connection.execute(_HEARD, {"wanted": case_id}).mappings().first()
    if own is not None and heard is not None:
        let_stand(connection, own, heard, whole_rev=0)


def let_stand(
    connection: Connection, own: RowMapping, heard: RowMapping | Mapping[str, Any], *, whole_rev: int
) -> None:
    """Let the counter's own record of a case stand as the server tells it; ``whole_rev`` is what it holds whole."""
    case = rows.case_of({**own, **{name: heard[name] for name in FOLLOWED}})
    rows.put(connection, CASE, "case_id", {**rows.case_row(case), "whole_rev": whole_rev})
