"""Devices with their tokens, and the operation chains they registered."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, fields

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from app.domain.operation import GENESIS
from sync.server.storage.padded import padded
from sync.server.storage.tables import device, hall, registration


@dataclass(frozen=True, slots=True)
class Device:
    """An identity without a person; ``role`` is a ``Role`` value."""

    hall: str
    device: str
    role: str
    window: str | None


@dataclass(frozen=True, slots=True)
class ChainKey:
    """Names one chain of operations: a store that was made anew is another incarnation."""

    hall: str
    device: str
    incarnation: str


@dataclass(frozen=True, slots=True)
class Chain:
    """One incarnation of a counter's store: its registration number, key, and the last operation held."""

    counter: str
    public_key: str
    last_seq: int
    last_hash: str
    quarantined: bool


_BY_TOKENS = select(device.c.token_hash, device.c.hall, device.c.device, device.c.role, device.c.window).where(
    device.c.token_hash.in_(bindparam("of_tokens", expanding=True))
)
_LOCK = (
    select(device.c.device)
    .where(device.c.hall == bindparam("of_hall"), device.c.device == bindparam("of_device"))
    .with_for_update()
)
_LOCK_ALL = (
    select(device.c.device)
    .where(device.c.hall == bindparam("of_hall"), device.c.device.in_(bindparam("devices", expanding=True)))
    .order_by(device.c.device)
)
_OF_CHAIN = tuple(registration.c[field.name] == bindparam(f"of_{field.name}") for field in fields(ChainKey))
_CHAIN = select(*(registration.c[field.name] for field in fields(Chain))).where(*_OF_CHAIN).with_for_update()
_CHAINS = (
    select(*(registration.c[field.name] for field in (*fields(ChainKey), *fields(Chain))))
    .where(
        registration.c.hall == bindparam("of_hall"),
        registration.c.device.in_(bindparam("of_devices", expanding=True)),
        registration.c.incarnation.in_(bindparam("of_incarnations", expanding=True)),
    )
    .order_by(registration.c.device, registration.c.incarnation)
    .with_for_update()
)
_ADVANCE = update(registration).where(*_OF_CHAIN).values(last_seq=bindparam("new_seq"), last_hash=bindparam("new_hash"))
_QUARANTINE = update(registration).where(*_OF_CHAIN).values(quarantined=True)


def put(connection: Connection, new: Device, token_hash: str) -> None:
    """Insert a device or give it another token."""
    connection.execute(delete(device).where(device.c.hall == new.hall, device.c.device == new.device))
    connection.execute(
        insert(device).values(hall=new.hall, device=new.device, role=new.role, window=new.window, token_hash=token_hash)
    )


def by_tokens(connection: Connection, token_hashes: Collection[str]) -> dict[str, Device]:
    """Return the devices that hold these tokens, by the token's hash."""
    rows = connection.execute(_BY_TOKENS, {"of_tokens": padded(token_hashes)}).all()
    return {hashed: Device(*values) for hashed, *values in rows}


def is_own(connection: Connection, hall_code: str, device_id: str, counter: str) -> bool:
    """Say whether a registration number was ever given to this computer; a store made anew has another each time."""
    mine = (registration.c.hall == hall_code, registration.c.device == device_id, registration.c.counter == counter)
    return connection.execute(select(registration.c.counter).where(*mine)).first() is not None


def lock(connection: Connection, hall_code: str, device_id: str) -> None:
    """Lock the device's row until the transaction ends: first in the lock order of sync.md section 1."""
    connection.execute(_LOCK, {"of_hall": hall_code, "of_device": device_id})


def lock_all(connection: Connection, hall_code: str, devices: Collection[str], *, waits: bool) -> frozenset[str]:
    """Lock the rows of several devices in their order, as ``lock``; return which.

    ``waits``: for who has locked one already; else that one is left out.
    """
    query = _LOCK_ALL.with_for_update(skip_locked=not waits)
    locked = connection.execute(query, {"of_hall": hall_code, "devices": padded(sorted(devices))})
    return frozenset(locked.scalars())


def chain(connection: Connection, key: ChainKey) -> Chain | None:
    """Return one chain and lock its row until the transaction ends: first in the lock order of sync.md section 1."""
    row = connection.execute(_CHAIN, _of(key)).first()
    return Chain(*row) if row else None


def chains(connection: Connection, hall_code: str, keys: Collection[ChainKey]) -> dict[ChainKey, Chain]:
    """Return those of the hall's chains that there are and lock their rows, in one order for all who do."""
    values = {
        "of_hall": hall_code,
        "of_devices": padded({key.device for key in keys}),
        "of_incarnations": padded({key.incarnation for key in keys}),
    }
    width = len(fields(ChainKey))
    rows = connection.execute(_CHAINS, values).all()
    return {ChainKey(*row[:width]): Chain(*row[width:]) for row in rows}


def register(connection: Connection, key: ChainKey, public_key: str, now_ms: int) -> Chain:
    """Start a chain under the hall's next registration number, which is never reused."""
    number = connection.execute(
        update(hall)
        .where(hall.c.hall == key.hall)
        .values(last_counter=hall.c.last_counter + 1)
        .returning(hall.c.last_counter)
    ).scalar_one()
    new = Chain(f"{number:04d}", public_key, 0, GENESIS, quarantined=False)
    connection.execute(
        insert(registration).values(
            hall=key.hall,
            device=key.device,
            incarnation=key.incarnation,
            counter=new.counter,
            public_key=public_key,
            last_seq=new.last_seq,
            last_hash=new.last_hash,
            quarantined=False,
            registered_ms=now_ms,
        )
    )
    return new


def advance(connection: Connection, newest: Mapping[ChainKey, tuple[int, str]]) -> None:
    """Remember sequence number and hash of the newest operation held of each chain."""
    rows = [{**_of(key), "new_seq": seq, "new_hash": hashed} for key, (seq, hashed) in newest.items()]
    connection.execute(_ADVANCE, rows)


def quarantine(connection: Connection, key: ChainKey) -> None:
    """Take nothing more from a chain that forked; the device registers again under a new incarnation."""
    connection.execute(_QUARANTINE, _of(key))


def _of(key: ChainKey) -> dict[str, str]:
    return {f"of_{name}": value for name, value in asdict(key).items()}
