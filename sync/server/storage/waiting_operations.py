"""Operations of the log that were kept and not applied yet, and what becomes of them."""

from dataclasses import dataclass, fields

from sqlalchemy import Connection, and_, bindparam, select, update

from sync.server.storage.tables import operation, registration


@dataclass(frozen=True, slots=True)
class Waiting:
    """One of them, sealed; ``counter`` is the registration number of the chain it came with."""

    hall: str
    device: str
    incarnation: str
    seq: int
    entity: str
    entity_id: str
    hash: str
    reason: str
    sealed: bytes
    counter: str


_OWN = tuple(operation.c[each.name] for each in fields(Waiting) if each.name != "counter")
_CHAIN = and_(*(operation.c[name] == registration.c[name] for name in ("hall", "device", "incarnation")))
_OF_STATUS = (
    select(*_OWN, registration.c.counter)
    .join(registration, _CHAIN)
    .where(operation.c.hall == bindparam("of_hall"), operation.c.status == bindparam("of_status"))
    .order_by(operation.c.device, operation.c.received_ms, operation.c.incarnation, operation.c.seq)
)


def of_status(connection: Connection, hall: str, status: str) -> list[Waiting]:
    """Return the operations of a hall with that status, those of one chain in their order."""
    return [Waiting(*tuple(row)) for row in connection.execute(_OF_STATUS, {"of_hall": hall, "of_status": status})]


def settle(connection: Connection, each: Waiting, status: str, reason: str | None) -> None:
    """Keep what became of it."""
    mine = and_(*(operation.c[name] == getattr(each, name) for name in ("hall", "device", "incarnation", "seq")))
    connection.execute(update(operation).where(mine).values(status=status, reason=reason))
