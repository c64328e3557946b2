"""The table behind the ledgers: one row a ledger for each operation that counts in it; the hall leads the key."""

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table

from sync.server.storage.tables import metadata

ledger_entry = Table(
    "ledger_entry",
    metadata,
    Column("hall", String(16), primary_key=True),
    Column("device", String(64), primary_key=True),
    Column("incarnation", String(64), primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("ledger", String(16), primary_key=True),
    Column("entry_id", String(64), nullable=False),
    Column("kind", String(64), nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("window", String(16), nullable=False),
    Column("clerk", String(32), nullable=False),
    Column("department", String(32), nullable=False),
    Column("item_id", String(64), nullable=False),
    Column("number", String(64), nullable=False),
    Column("case_id", String(64)),
    Column("amount", Integer),
    Index(None, "hall", "ledger", "at_ms", "entry_id"),
)
