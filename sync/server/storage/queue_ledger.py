"""What was done out of turn: chosen calls, revived tickets, priorities given; rows are only ever added."""

from dataclasses import asdict, dataclass

from sqlalchemy import Connection, bindparam, insert, select

from sync.server.storage.tables import queue_ledger


@dataclass(frozen=True, slots=True)
class Entry:
    """``event`` is chosen, revived or priority; ``actor`` the caller's identity, ``reason`` a code."""

    entry_id: str
    at_ms: int
    ticket_id: str
    event: str
    actor: str
    reason: str


_ADD = insert(queue_ledger)
_OF_HALL = (
    select(*(queue_ledger.c[name] for name in Entry.__dataclass_fields__))
    .where(queue_ledger.c.hall == bindparam("of_hall"))
    .order_by(queue_ledger.c.at_ms, queue_ledger.c.entry_id)
)


def add(connection: Connection, hall: str, entry: Entry) -> None:
    """Add a row."""
    connection.execute(_ADD, {"hall": hall, **asdict(entry)})


def every(connection: Connection, hall: str) -> list[Entry]:
    """Return all rows of the hall, oldest first."""
    return [Entry(*row) for row in connection.execute(_OF_HALL, {"of_hall": hall})]
