"""Rows of projects in parallel approval: the days in clear, what it is and whose under seal."""

from dataclasses import asdict, dataclass

from sqlalchemy import BigInteger, Boolean, Column, Connection, LargeBinary, String, Table, insert, select

from sync.server.storage.tables import metadata

project = Table(
    "project",
    metadata,
    Column("hall", String(16), primary_key=True),
    Column("number", String(40), primary_key=True),
    Column("theme", String(16), nullable=False),
    Column("catalogue_version", BigInteger, nullable=False),
    Column("window", String(16), nullable=False),
    Column("agent", String(32), nullable=False),
    Column("registered_on", String(10), nullable=False),
    Column("stage_due", String(10), nullable=False),
    Column("total_due", String(10), nullable=False),
    Column("provisional", Boolean, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Project:
    """A registered project; days are ISO, ``sealed`` holds its name and its owner."""

    hall: str
    number: str
    theme: str
    catalogue_version: int
    window: str
    agent: str
    registered_on: str
    stage_due: str
    total_due: str
    provisional: bool
    sealed: bytes


_PROJECT = select(*(project.c[name] for name in Project.__slots__))


def add(connection: Connection, new: Project) -> None:
    """Insert a project."""
    connection.execute(insert(project).values(**asdict(new)))


def get(connection: Connection, hall: str, number: str) -> Project | None:
    """Return one project."""
    row = connection.execute(_PROJECT.where(project.c.hall == hall, project.c.number == number)).first()
    return None if row is None else Project(*row)


def newest(connection: Connection, hall: str, limit: int) -> list[Project]:
    """Return the projects of a hall, the newest first."""
    order = project.c.registered_on.desc(), project.c.number.desc()
    wanted = _PROJECT.where(project.c.hall == hall).order_by(*order).limit(limit)
    return [Project(*row) for row in connection.execute(wanted)]
