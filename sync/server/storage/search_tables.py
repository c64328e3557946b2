"""The tables behind the search of cases: what a case is found by, and who looked; the hall leads every key."""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, String, Table

from sync.server.storage.tables import metadata


def _hall() -> "Column[str]":
    return Column("hall", String(16), primary_key=True)


# Bytes, so that a range over the beginning of a word means the same in every database and under every collation.
case_word = Table(
    "case_word",
    metadata,
    _hall(),
    Column("case_id", String(64), primary_key=True),
    Column("word", LargeBinary(32), primary_key=True),
    Index(None, "hall", "word", "case_id"),
    sqlite_with_rowid=False,
)

case_access = Table(
    "case_access",
    metadata,
    _hall(),
    Column("access_id", String(36), primary_key=True),
    Column("at_ms", BigInteger, nullable=False),
    Column("clerk", String(32), nullable=False),
    Column("act", String(16), nullable=False),
    Column("case_id", String(64)),
    Column("hits", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Index(None, "hall", "at_ms"),
)
