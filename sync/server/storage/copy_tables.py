"""The tables of scanned copies: what windows reported, which bytes are here, and to which case a visit led.

Bytes are named by the mark of their SHA-256: who has the database alone cannot tell whether a known paper is here.
"""

from sqlalchemy import BigInteger, Column, Index, LargeBinary, String, Table

from sync.server.storage.tables import metadata


def _hall() -> "Column[str]":
    return Column("hall", String(16), primary_key=True)


scanned_copy = Table(
    "scanned_copy",
    metadata,
    _hall(),
    Column("copy_id", String(64), primary_key=True),
    Column("visit_id", String(64), nullable=False),
    Column("material_id", String(64), nullable=False),
    Column("blob", String(32), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("window", String(16), nullable=False),
    Column("taken_ms", BigInteger, nullable=False),
    Column("removed_ms", BigInteger),
    Column("sealed", LargeBinary, nullable=False),
    Index(None, "hall", "blob"),
    Index(None, "hall", "visit_id"),
)

blob = Table(
    "blob",
    metadata,
    _hall(),
    Column("blob", String(32), primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("begun_ms", BigInteger, nullable=False),
    Column("stored_ms", BigInteger),
)

visit_case = Table(
    "visit_case",
    metadata,
    _hall(),
    Column("visit_id", String(64), primary_key=True),
    Column("case_id", String(64), primary_key=True),
    Index(None, "hall", "case_id"),
)
