"""The table of parked operations, beside the log that holds them whole and sealed."""

from sqlalchemy import BigInteger, Column, Index, String, Table

from sync.server.storage.tables import metadata

conflict = Table(
    "conflict",
    metadata,
    Column("hall", String(16), primary_key=True),
    Column("device", String(64), primary_key=True),
    Column("incarnation", String(64), primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("kind", String(64), nullable=False),
    Column("entity_id", String(256), nullable=False),
    Column("reason", String(32), nullable=False),
    Column("base_rev", BigInteger),
    Column("seen_rev", BigInteger),
    Column("parked_ms", BigInteger, nullable=False),
    Column("resolved_ms", BigInteger),
    Column("resolved_by", String(32)),
    Column("how", String(16)),
    Index(None, "hall", "entity_id"),
)
"""``seen_rev`` is the revision of the case up to which the counter knew what others had done."""
