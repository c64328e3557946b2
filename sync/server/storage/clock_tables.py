"""The tables of what the server itself does to cases, and of the cards of the electronic supervision."""

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text, UniqueConstraint

from sync.server.storage.tables import metadata


def _hall() -> "Column[str]":
    return Column("hall", String(16), primary_key=True)


case_event = Table(
    "case_event",
    metadata,
    _hall(),
    Column("event_id", String(36), primary_key=True),
    Column("at_ms", BigInteger, nullable=False),
    Column("case_id", String(64), nullable=False),
    Column("case_no", String(64), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("detail", Text, nullable=False),
    Index(None, "hall", "at_ms"),
)

card = Table(
    "card",
    metadata,
    _hall(),
    Column("card_id", String(36), primary_key=True),
    Column("cause", String(200), nullable=False),
    Column("rule", String(32), nullable=False),
    Column("level", String(16), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("window", String(16), nullable=False),
    Column("clerk", String(32), nullable=False),
    Column("told", String(64), nullable=False),
    Column("due", String(10)),
    Column("raised_ms", BigInteger, nullable=False),
    Column("acknowledged_ms", BigInteger),
    Column("acknowledged_by", String(80)),
    Column("closed_ms", BigInteger),
    Column("closed_by", String(80)),
    Column("closed_as", String(16)),
    Column("words", Text, nullable=False),
    Column("rev", Integer, nullable=False),
    UniqueConstraint("hall", "cause"),
    Index(None, "hall", "closed_ms"),
)
