"""Rows of grievances (``app.domain.grievance``): in clear what the hall must do by when, under seal who said what."""

from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Connection, LargeBinary, String, Table, insert, select

from app.domain.grievance import Grievance, GrievanceKind
from sync.server.storage.tables import metadata

grievance = Table(
    "grievance",
    metadata,
    Column("hall", String(16), primary_key=True),
    Column("number", String(32), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("window", String(16), nullable=False),
    Column("received_ms", BigInteger, nullable=False),
    Column("contact_due", String(10)),
    Column("reply_due", String(10), nullable=False),
    Column("named", Boolean, nullable=False),
    Column("code_hash", String(64)),
    Column("sealed", LargeBinary, nullable=False),
)
_CLEAR = select(*(grievance.c[field.name] for field in fields(Grievance)))


def add(connection: Connection, hall: str, new: Grievance, sealed: bytes, code_hash: str | None = None) -> None:
    """Insert a grievance; ``code_hash`` is the hash of the query code on its receipt, where there is one."""
    connection.execute(insert(grievance).values(hall=hall, sealed=sealed, code_hash=code_hash, **asdict(new)))


def get(connection: Connection, hall: str, number: str) -> Grievance | None:
    """Return what stands in clear."""
    row = connection.execute(_CLEAR.where(grievance.c.hall == hall, grievance.c.number == number)).mappings().first()
    return None if row is None else _read(row)


def sealed_of(connection: Connection, hall: str, number: str) -> bytes | None:
    """Return what is under seal."""
    found = select(grievance.c.sealed).where(grievance.c.hall == hall, grievance.c.number == number)
    return connection.execute(found).scalar()


def by_code(connection: Connection, number: str, code_hash: str) -> tuple[str, Grievance] | None:
    """Return hall and grievance for who holds its receipt."""
    held = grievance.c.number == number, grievance.c.code_hash == code_hash
    row = connection.execute(select(grievance.c.hall, *_CLEAR.selected_columns).where(*held)).mappings().first()
    return None if row is None else (row["hall"], _read({key: row[key] for key in row if key != "hall"}))


def _read(row: Any) -> Grievance:
    return Grievance(**{**row, "kind": GrievanceKind(row["kind"])})
