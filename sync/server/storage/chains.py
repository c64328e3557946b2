"""All chains of operations as they stand: what an anchor keeps of them, and what proves them from end to end."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields

from sqlalchemy import Connection, bindparam, select

from sync.server.storage.devices import ChainKey
from sync.server.storage.engine import Storage
from sync.server.storage.tables import hall, operation, registration

_AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class ChainHead:
    """Where the chain of one incarnation ends; ``counter`` is its registration number."""

    hall: str
    device: str
    incarnation: str
    counter: str
    public_key: str
    last_seq: int
    last_hash: str

    @property
    def key(self) -> ChainKey:
        """Return the chain's name."""
        return ChainKey(self.hall, self.device, self.incarnation)


@dataclass(frozen=True, slots=True)
class Link:
    """One operation of a chain as the log keeps it."""

    seq: int
    hash: str
    sealed: bytes


_CHAINS = select(*(registration.c[each.name] for each in fields(ChainHead))).order_by(
    registration.c.hall, registration.c.device, registration.c.incarnation
)
_FEEDS = select(hall.c.hall, hall.c.head).order_by(hall.c.hall)
_LINKS = (
    select(operation.c.seq, operation.c.hash, operation.c.sealed)
    .where(
        operation.c.hall == bindparam("of_hall"),
        operation.c.device == bindparam("of_device"),
        operation.c.incarnation == bindparam("of_incarnation"),
        operation.c.seq > bindparam("behind"),
    )
    .order_by(operation.c.seq)
    .limit(_AT_A_TIME)
)


def every(connection: Connection) -> list[ChainHead]:
    """Return the heads of all chains, in the order of their names."""
    return [ChainHead(*row) for row in connection.execute(_CHAINS)]


def feeds(connection: Connection) -> dict[str, int]:
    """Return by hall the newest number of its feed."""
    return {row.hall: row.head for row in connection.execute(_FEEDS)}


def links(storage: Storage, key: ChainKey) -> Iterator[Link]:
    """Yield a chain's operations in order, some at a time: what is pushed meanwhile comes too."""
    names = dict(zip(("of_hall", "of_device", "of_incarnation"), astuple(key), strict=True))
    behind = 0
    while True:
        at = {**names, "behind": behind}
        page = storage.read(lambda connection, at=at: [Link(*row) for row in connection.execute(_LINKS, at)])  # type: ignore[misc]
        yield from page
        if len(page) < _AT_A_TIME:
            return
        behind = page[-1].seq
