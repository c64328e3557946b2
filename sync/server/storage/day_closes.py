"""What each counter said of its numbers at the end of a day (sync.md section 3): kept once, with what was missing."""

from dataclasses import asdict, dataclass, fields

from sqlalchemy import BigInteger, Column, Connection, Integer, String, Table, insert, select

from sync.server.storage.tables import case, metadata

_AT_ONCE = 500
"""Numbers asked for in one statement; databases bound the number of parameters."""

day_close = Table(
    "day_close",
    metadata,
    Column("hall", String(16), primary_key=True),
    Column("counter", String(4), primary_key=True),
    Column("business_date", String(10), primary_key=True),
    Column("device", String(64), nullable=False),
    Column("first", Integer),
    Column("last", Integer),
    Column("count", Integer, nullable=False),
    Column("head", String(64), nullable=False),
    Column("missing", Integer, nullable=False),
    Column("closed_ms", BigInteger, nullable=False),
)


@dataclass(frozen=True, slots=True)
class DayClose:
    """The numbers ``first`` to ``last`` of one counter and business date (ISO), ``count`` cases; None: none was taken.

    ``head`` is the hash of the last operation of the day. ``missing`` numbers the server did not hold when it was told,
    ``closed_ms`` by its own clock (UTC milliseconds).
    """

    hall: str
    counter: str
    business_date: str
    device: str
    first: int | None
    last: int | None
    count: int
    head: str
    missing: int
    closed_ms: int


def get(connection: Connection, hall: str, counter: str, business_date: str) -> DayClose | None:
    """Return what was said of a day."""
    wanted = select(*(day_close.c[field.name] for field in fields(DayClose))).where(
        day_close.c.hall == hall, day_close.c.counter == counter, day_close.c.business_date == business_date
    )
    row = connection.execute(wanted).first()
    return DayClose(*row) if row else None


def add(connection: Connection, new: DayClose) -> None:
    """Keep what was said of a day; nobody says it twice."""
    connection.execute(insert(day_close).values(asdict(new)))


def held(connection: Connection, hall: str, numbers: list[str]) -> set[str]:
    """Return which of these case numbers the hall has a case of."""
    found: set[str] = set()
    for first in range(0, len(numbers), _AT_ONCE):
        part = numbers[first : first + _AT_ONCE]
        wanted = select(case.c.case_no).where(case.c.hall == hall, case.c.case_no.in_(part))
        found |= set(connection.execute(wanted).scalars())
    return found
