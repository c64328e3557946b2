"""The tables in which a counter mirrors its hall: rows of the server's feed, columns as the wire spells them."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Index,
    Integer,
    String,
    Table,
    text,
)

from app.storage import renewal_tables  # noqa: F401 - its tables join the metadata
from app.storage.tables import METADATA

TICKET = Table(
    "ticket",
    METADATA,
    Column("ticket_id", String, primary_key=True),
    Column("hall", String, nullable=False),
    Column("number", String, nullable=False),
    Column("business", String, nullable=False),
    Column("state", String, nullable=False),
    Column("rev", Integer, nullable=False),
    Column("issued_ms", Integer, nullable=False),
    Column("priority", String),
    Column("window", String),
    Column("called_ms", Integer),
    Column("misses", Integer, nullable=False),
    Column("business_date", String, nullable=False),
    Column("calls", Integer, nullable=False, server_default=text("0")),
    Column("line_ms", Integer),
    Column("missed_ms", Integer),
    Column("first_clerk", String),
    Column("to_window", String),
    Column("offered_ms", Integer),
    Column("note", String),
    Column("epoch", Integer, nullable=False, server_default=text("0")),
    Index("ticket_number", "number", "business_date"),
    Index("ticket_called", "called_ms"),
    Index("ticket_waiting", "state", "business", "issued_ms"),
)

HALL_CASE = Table(
    "hall_case",
    METADATA,
    Column("case_id", String, primary_key=True),
    Column("case_no", String, nullable=False),
    Column("hall", String, nullable=False),
    Column("window", String, nullable=False),
    Column("counter", String, nullable=False),
    Column("item_id", String, nullable=False),
    Column("department", String, nullable=False),
    Column("state", String, nullable=False),
    Column("rev", Integer, nullable=False),
    Column("accepted_on", String),
    Column("promised_due", String),
    Column("statutory_due", String),
    Column("provisional", Boolean(create_constraint=False), nullable=False),
    Column("doc_no", String),
    Column("received_on", String),
    Column("notice_due", String),
    Column("clock", JSON(none_as_null=True)),
    Index("hall_case_state", "state"),
)

CATALOGUE = Table(
    "catalogue",
    METADATA,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("rev", Integer, nullable=False),
    Column("document", JSON, nullable=False),
    Column("effective_from", String, nullable=False),
)

CALENDAR = Table(
    "calendar",
    METADATA,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("rev", Integer, nullable=False),
    Column("table", JSON, nullable=False),
)

WINDOW_ORDER = Table(
    "window_order",
    METADATA,
    Column("window", String, primary_key=True),
    Column("rev", Integer, nullable=False),
    Column("closed", Boolean(create_constraint=False), nullable=False),
    Column("businesses", JSON),
    Column("notes", JSON, nullable=False),
)

HELP_CALL = Table(
    "help_call",
    METADATA,
    Column("help_id", String, primary_key=True),
    Column("hall", String, nullable=False),
    Column("window", String, nullable=False),
    Column("clerk", String, nullable=False),
    Column("asked_ms", Integer, nullable=False),
    Column("answered_ms", Integer),
    Column("answered_by", String),
    Column("rev", Integer, nullable=False),
)

CONTACT = Table(
    "contact",
    METADATA,
    Column("contact_id", String, primary_key=True),
    Column("hall", String, nullable=False),
    Column("number", String, nullable=False),
    Column("ticket_id", String),
    Column("clerk", String, nullable=False),
    Column("owner", String, nullable=False),
    Column("owner_window", String, nullable=False),
    Column("to_window", String, nullable=False),
    Column("handed_ms", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("rev", Integer, nullable=False),
    Column("due", String),
    Column("taken_ms", Integer),
    Index("contact_handed", "state", "handed_ms"),
)
"""First contacts that were handed to another window (``app.domain.takeover.Contact``)."""

CARD = Table(
    "card",
    METADATA,
    Column("card_id", String, primary_key=True),
    Column("hall", String, nullable=False),
    Column("rule", String, nullable=False),
    Column("level", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("window", String, nullable=False),
    Column("clerk", String, nullable=False),
    Column("due", String),
    Column("raised_ms", Integer, nullable=False),
    Column("acknowledged_ms", Integer),
    Column("closed_ms", Integer),
    Column("closed_as", String),
    Column("rev", Integer, nullable=False),
    Index("card_open", "closed_ms", "clerk"),
)
"""Cards of the electronic supervision, as the server tells of them (``app.domain.supervision.Card``)."""

EVERY_TABLE = METADATA
"""All tables of the store: whoever loads this module has loaded every part."""

MIRRORED: dict[str, tuple[Table, str]] = {
    "ticket": (TICKET, "ticket_id"),
    "case": (HALL_CASE, "case_id"),
    "catalogue": (CATALOGUE, "version"),
    "calendar": (CALENDAR, "year"),
    "help": (HELP_CALL, "help_id"),
    "contact": (CONTACT, "contact_id"),
    "card": (CARD, "card_id"),
    "window": (WINDOW_ORDER, "window"),
}
"""Feed entity → its table and key; columns are exactly the fields of the wire (sync/protocol/README.md)."""
