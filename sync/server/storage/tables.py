"""The tables of the central server, in the subset that SQLite and PostgreSQL share; the hall leads every key."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

SCHEMA = "0024"
"""The migration that ``metadata`` equals; a test proves it."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def _hall() -> "Column[str]":
    return Column("hall", String(16), primary_key=True)


server = Table(
    "server",
    metadata,
    Column("incarnation", String(36), primary_key=True),
)

hall = Table(
    "hall",
    metadata,
    _hall(),
    Column("centre", String(16), nullable=False),
    Column("head", BigInteger, nullable=False),
    Column("floor", BigInteger, nullable=False),
    Column("last_counter", Integer, nullable=False),
)

device = Table(
    "device",
    metadata,
    _hall(),
    Column("device", String(64), primary_key=True),
    Column("role", String(32), nullable=False),
    Column("window", String(16)),
    Column("token_hash", String(64), nullable=False),
    Column("public_key", String(64)),
    UniqueConstraint("hall", "token_hash"),
    Index(None, "token_hash"),
)

registration = Table(
    "registration",
    metadata,
    _hall(),
    Column("device", String(64), primary_key=True),
    Column("incarnation", String(64), primary_key=True),
    Column("counter", String(8), nullable=False),
    Column("public_key", String(64), nullable=False),
    Column("last_seq", BigInteger, nullable=False),
    Column("last_hash", String(64), nullable=False),
    Column("quarantined", Boolean, nullable=False),
    Column("registered_ms", BigInteger, nullable=False),
    UniqueConstraint("hall", "counter"),
)

operation = Table(
    "operation",
    metadata,
    _hall(),
    Column("device", String(64), primary_key=True),
    Column("incarnation", String(64), primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("kind", String(64), nullable=False),
    Column("entity", String(64), nullable=False),
    Column("entity_id", String(256), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("status", String(16), nullable=False),
    Column("reason", String(32)),
    Column("received_ms", BigInteger, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Index(None, "hall", "status", "received_ms"),
    Index(
        "ix_operation_notice_extended",
        "hall",
        "entity_id",
        "status",
        postgresql_where=text("kind = 'notice.extended'"),
        sqlite_where=text("kind = 'notice.extended'"),
    ),
)

clerk = Table(
    "clerk",
    metadata,
    _hall(),
    Column("clerk", String(32), primary_key=True),
    Column("name", String(64), nullable=False),
    Column("department", String(32), nullable=False),
    Column("roles", Text, nullable=False),
    Column("windows", Text, nullable=False),
    Column("item_ids", Text, nullable=False),
    Column("verifier", String(256)),
    Column("failures", Integer, nullable=False),
    Column("locked_until_ms", BigInteger, nullable=False),
)

session = Table(
    "session",
    metadata,
    _hall(),
    Column("token_hash", String(64), primary_key=True),
    Column("clerk", String(32), nullable=False),
    Column("device", String(64)),
    Column("expires_ms", BigInteger, nullable=False),
    Index(None, "token_hash"),
)

ticket = Table(
    "ticket",
    metadata,
    _hall(),
    Column("ticket_id", String(36), primary_key=True),
    Column("number", String(16), nullable=False),
    Column("business", String(8), nullable=False),
    Column("state", String(16), nullable=False),
    Column("rev", Integer, nullable=False),
    Column("issued_ms", BigInteger, nullable=False),
    Column("priority", String(32)),
    Column("window", String(16)),
    Column("called_ms", BigInteger),
    Column("misses", Integer, nullable=False),
    Column("business_date", String(10), nullable=False),
    Column("closed_ms", BigInteger),
    Column("calls", Integer, nullable=False, server_default=text("0")),
    Column("line_ms", BigInteger),
    Column("missed_ms", BigInteger),
    Column("first_clerk", String(32)),
    Column("to_window", String(16)),
    Column("offered_ms", BigInteger),
    Column("note", String(60)),
    Column("epoch", Integer, nullable=False, server_default=text("0")),
    UniqueConstraint("hall", "business_date", "number"),
    Index(None, "hall", "called_ms"),
    Index(None, "hall", "state", "business", "issued_ms"),
    Index(None, "hall", "window", "state"),
    Index(None, "hall", "business", "state", "closed_ms"),
)

ticket_series = Table(
    "ticket_series",
    metadata,
    _hall(),
    Column("business_date", String(10), primary_key=True),
    Column("business", String(8), primary_key=True),
    Column("last", Integer, nullable=False),
)

window_day = Table(
    "window_day",
    metadata,
    _hall(),
    Column("window", String(16), primary_key=True),
    Column("business_date", String(10), nullable=False),
)

case = Table(
    "service_case",
    metadata,
    _hall(),
    Column("case_id", String(64), primary_key=True),
    Column("case_no", String(64), nullable=False),
    Column("window", String(16), nullable=False),
    Column("counter", String(8), nullable=False),
    Column("item_id", String(64), nullable=False),
    Column("department", String(32), nullable=False),
    Column("state", String(32), nullable=False),
    Column("rev", Integer, nullable=False),
    Column("accepted_on", String(10), nullable=False),
    Column("promised_due", String(10)),
    Column("statutory_due", String(10)),
    Column("provisional", Boolean, nullable=False),
    Column("doc_no", String(64)),
    Column("received_on", String(10)),
    Column("notice_due", String(10)),
    Column("clock", JSON(none_as_null=True)),
    Column("state_since_ms", BigInteger),
    Column("sealed", LargeBinary, nullable=False),
    UniqueConstraint("hall", "case_no"),
    Index(None, "hall", "accepted_on"),
    Index(None, "hall", "state", "notice_due"),
    Index(None, "hall", "state", "promised_due"),
    Index(None, "hall", "state", "statutory_due"),
)

window_pause = Table(
    "window_pause",
    metadata,
    _hall(),
    Column("window", String(16), primary_key=True),
    Column("reason", String(32), nullable=False),
    Column("since_ms", BigInteger, nullable=False),
    Column("until_ms", BigInteger, nullable=False),
    Column("clerk", String(32), nullable=False),
)

feed = Table(
    "feed",
    metadata,
    _hall(),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("entity", String(32), nullable=False),
    Column("entity_id", String(64), nullable=False),
    Column("rev", Integer, nullable=False),
    Column("data", Text, nullable=False),
)

catalogue_version = Table(
    "catalogue_version",
    metadata,
    _hall(),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("document", Text, nullable=False),
    Column("effective_from", String(10), nullable=False),
    Column("submitted_by", String(32), nullable=False),
    Column("submitted_ms", BigInteger, nullable=False),
    Column("approved_by", String(32)),
    Column("published_ms", BigInteger),
)

calendar_year = Table(
    "calendar_year",
    metadata,
    _hall(),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("rev", Integer, nullable=False),
    Column("days", Text, nullable=False),
)

answer = Table(
    "idempotent_answer",
    metadata,
    _hall(),
    Column("caller", String(80), primary_key=True),
    Column("key", String(128), primary_key=True),
    Column("request_hash", String(64), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("answered_ms", BigInteger, nullable=False),
    Index(None, "answered_ms"),
)

window_order = Table(
    "window_order",
    metadata,
    _hall(),
    Column("window", String(16), primary_key=True),
    Column("rev", Integer, nullable=False),
    Column("closed", Boolean, nullable=False),
    Column("businesses", Text),
    Column("notes", Text, nullable=False),
)

floor_acts = Table(
    "floor_acts",
    metadata,
    _hall(),
    Column("act_id", String(36), primary_key=True),
    Column("at_ms", BigInteger, nullable=False),
    Column("clerk", String(80), nullable=False),
    Column("act", String(32), nullable=False),
    Column("detail", Text, nullable=False),
    Index(None, "hall", "at_ms"),
)

device_fault = Table(
    "device_fault",
    metadata,
    _hall(),
    Column("window", String(16), primary_key=True),
    Column("device", String(32), primary_key=True),
    Column("reason", String(64), nullable=False),
    Column("since_ms", BigInteger, nullable=False),
)

help_call = Table(
    "help_call",
    metadata,
    _hall(),
    Column("help_id", String(64), primary_key=True),
    Column("window", String(16), nullable=False),
    Column("clerk", String(32), nullable=False),
    Column("asked_ms", BigInteger, nullable=False),
    Column("answered_ms", BigInteger),
    Column("answered_by", String(80)),
    Column("rev", Integer, nullable=False),
    Index(None, "hall", "answered_ms"),
)

contact = Table(
    "contact",
    metadata,
    _hall(),
    Column("contact_id", String(64), primary_key=True),
    Column("number", String(32), nullable=False),
    Column("ticket_id", String(36)),
    Column("clerk", String(32), nullable=False),
    Column("owner", String(32), nullable=False),
    Column("owner_window", String(16), nullable=False),
    Column("to_window", String(16), nullable=False),
    Column("handed_ms", BigInteger, nullable=False),
    Column("state", String(16), nullable=False),
    Column("rev", Integer, nullable=False),
    Column("due", String(10)),
    Column("taken_ms", BigInteger),
    Index(None, "hall", "state", "handed_ms"),
)

queue_ledger = Table(
    "queue_ledger",
    metadata,
    _hall(),
    Column("entry_id", String(36), primary_key=True),
    Column("at_ms", BigInteger, nullable=False),
    Column("ticket_id", String(36), nullable=False),
    Column("event", String(16), nullable=False),
    Column("actor", String(80), nullable=False),
    Column("reason", String(32), nullable=False),
)
