"""The table of first contacts with what was said of them, under seal until a case or an answer closes them."""

from sqlalchemy import Column, LargeBinary, String, Table

from sync.server.storage.tables import metadata

contact_record = Table(
    "contact_record",
    metadata,
    Column("hall", String(16), primary_key=True),
    Column("contact_id", String(64), primary_key=True),
    Column("number", String(32), nullable=False),
    Column("clerk", String(32), nullable=False),
    Column("window", String(16), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)
