"""The tables of the counter's own database; every personal datum of the product's client side lies in them."""

from sqlalchemy import (
    DDL,
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    event,
    text,
)

METADATA = MetaData()


COUNTER_STATE = Table(
    "counter_state",
    METADATA,
    Column("id", Integer, CheckConstraint("id = 1"), primary_key=True),
    Column("incarnation", String, nullable=False),
    Column("device", String),
    Column("counter", String),
    Column("centre", String),
    Column("hall", String),
    Column("window", String),
    Column("server_incarnation", String),
    Column("business_date", String),
    Column("call_key", String),
    Column("last_seq", Integer, nullable=False),
    Column("last_hash", String, nullable=False),
    Column("acked_seq", Integer, nullable=False),
    Column("cursor", Integer, nullable=False),
    Column("offline_since_ms", Integer),
    Column("call_choice", JSON(none_as_null=True)),
    Column("help_id", String),
    Column("help_date", String),
    Column("server_offset_ms", Integer),
    Column("own_block_epoch", Integer),
    Column("log_refused", String),
)
"""One row: who this counter is, and where its operation chain and its copy of the server stand.

``log_refused`` is why the server takes nothing of the chain any more, null while it does.
"""

OPERATION = Table(
    "operation",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("wall_ms", Integer, nullable=False),
    Column("wire", JSON, nullable=False),
    Column("parked", String),
    Column("resolved", String),
    Index("operation_parked", "parked", sqlite_where=text("parked IS NOT NULL")),
)
"""The log. The outbox is the part above ``counter_state.acked_seq``: no second table to get out of step.

``parked`` is why the server did not apply an operation, ``resolved`` what a person made of that.
"""

SERIAL = Table(
    "serial",
    METADATA,
    Column("series", String, primary_key=True),
    Column("last", Integer, nullable=False),
)

SIGN_IN = Table(
    "sign_in",
    METADATA,
    Column("number", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("department", String, nullable=False),
    Column("roles", JSON, nullable=False),
    Column("windows", JSON, nullable=False),
    Column("items", JSON, nullable=False),
    Column("offline_until_ms", Integer, nullable=False),
    Column("verifier", String, nullable=False),
    Column("failures", Integer, nullable=False),
)

VISIT = Table(
    "visit",
    METADATA,
    Column("visit_id", String, primary_key=True),
    Column("ticket_id", String, index=True),
    Column("number", String, nullable=False),
    Column("business", String, nullable=False),
    Column("admission", String, nullable=False),
    Column("state", String, nullable=False),
    Column("called_ms", Integer, nullable=False),
    Column("served_ms", Integer),
    Column("finished_ms", Integer, index=True),
    Column("case_id", String),
    Column("outcome", String),
    Column("ticket_rev", Integer),
    Column("recalls", Integer, nullable=False, server_default=text("0")),
    Column("recalled_ms", Integer),
    Column("held_ms", Integer, index=True),
    Column("hold_reason", String),
    Column("away_ms", Integer, nullable=False, server_default=text("0")),
    Column("channel", String, nullable=False, server_default=text("'in_person'")),
    Column("contact_id", String),
    # 1 while the visit is at the window, else null: the database itself keeps a window from serving two at a time.
    Column("open", Integer, unique=True),
)

DRAFT = Table(
    "draft",
    METADATA,
    Column("visit_id", String, primary_key=True),
    Column("card", JSON, nullable=False),
)

CASE = Table(
    "case_record",
    METADATA,
    Column("case_id", String, primary_key=True),
    Column("case_no", String, nullable=False, unique=True),
    Column("hall", String, nullable=False),
    Column("window", String, nullable=False),
    Column("counter", String, nullable=False),
    Column("business_date", String, nullable=False),
    Column("item_id", String, nullable=False),
    Column("item_name", String, nullable=False),
    Column("catalogue_version", Integer, nullable=False),
    Column("department", String, nullable=False),
    Column("state", String, nullable=False),
    Column("rev", Integer, nullable=False),
    Column("applicant", JSON, nullable=False),
    Column("agent", JSON(none_as_null=True)),
    Column("answers", JSON, nullable=False),
    Column("verdicts", JSON, nullable=False),
    Column("form", JSON, nullable=False),
    Column("clerk", String, nullable=False),
    Column("first_clerk", String, nullable=False),
    Column("accepted_ms", Integer, nullable=False),
    Column("accepted_on", String, nullable=False),
    Column("promised_due", String),
    Column("statutory_due", String),
    Column("provisional", Boolean(create_constraint=False), nullable=False),
    Column("doc_no", String, unique=True),
    Column("query_code", String, nullable=False),
    Column("rating_token", String, nullable=False),
    Column("visit_id", String),
    Column("received_on", String),
    Column("notice_due", String),
    Column("deferred", JSON(none_as_null=True)),
    Column("notice", JSON(none_as_null=True)),
    Column("clock", JSON(none_as_null=True)),
    Column("decision", JSON(none_as_null=True)),
    Column("steps", JSON(none_as_null=True)),
    Column("upward", JSON(none_as_null=True)),
    Column("refusal", JSON(none_as_null=True)),
    Column("service", JSON(none_as_null=True)),
    Column("consent", JSON(none_as_null=True)),
    Column("payment", JSON(none_as_null=True)),
    # The revision whose whole content this row holds; the server's feed tells of states alone.
    Column("whole_rev", Integer, nullable=False, server_default=text("0")),
    Column("guardian", JSON(none_as_null=True)),
    Column("organisation", JSON(none_as_null=True)),
    # Null once the case is ended, so that the list of open cases is one short walk along an index.
    Column("urgency", String),
    Index("case_urgency", "urgency", "case_id"),
    Index("case_in_part", "case_id", sqlite_where=text("rev > whole_rev")),
)

ITEM_CHOICE = Table(
    "item_choice",
    METADATA,
    Column("window", String, primary_key=True),
    Column("typed", String, primary_key=True),
    Column("item_id", String, primary_key=True),
    Column("times", Integer, nullable=False),
)
"""How often an item was taken for what was typed: the learned top hit of the item search."""

PRINT_JOB = Table(
    "print_job",
    METADATA,
    Column("position", Integer, primary_key=True),
    Column("job_id", String, nullable=False, unique=True),
    Column("slip", String, nullable=False),
    Column("document", JSON, nullable=False),
    Column("reprint", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("created_ms", Integer, nullable=False),
    Column("case_id", String, index=True),
    Column("way", String, nullable=False, server_default=text("'own'")),
    Index("print_job_state", "state", "position"),
)


CATALOGUE_ARRIVAL = Table(
    "catalogue_arrival",
    METADATA,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("arrived_ms", Integer, nullable=False),
)
"""When this counter first held a version: a ticket of before was taken under an earlier one. No feed has this."""


CASE_SEARCH = Table(
    "case_search",
    METADATA,
    Column("n", Integer, primary_key=True),
    Column("case_id", String, nullable=False, unique=True),
    Column("words", String, nullable=False),
)
"""The words a case is found by, numbered in the order the cases came; ``case_words`` is the index over them."""

event.listen(
    CASE_SEARCH,
    "after_create",
    DDL(  # type: ignore[no-untyped-call]  # SQLAlchemy gives it no types
        "CREATE VIRTUAL TABLE case_words USING fts5"
        "(words, content='case_search', content_rowid='n', detail=none, prefix='1 2 3 4')"
    ),
)

PAUSE = Table(
    "pause",
    METADATA,
    Column("started_ms", Integer, primary_key=True, autoincrement=False),
    Column("reason", String, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("text", String, nullable=False),
    Column("ended_ms", Integer),
)
"""The ledger of this window's pauses; the one without an end is the sign that hangs there now."""

HANDOVER = Table(
    "handover",
    METADATA,
    Column("number", String, primary_key=True),
    Column("at_ms", Integer, nullable=False),
    Column("clerk", String, nullable=False),
    Column("entries", JSON, nullable=False),
)

ORIGINAL = Table(
    "original",
    METADATA,
    Column("original_id", String, primary_key=True),
    Column("case_id", String, nullable=False, index=True),
    Column("slip", String, nullable=False),
    Column("title", String, nullable=False),
    Column("doc_no", String, nullable=False),
    Column("item_name", String, nullable=False),
    Column("document", JSON, nullable=False),
    Column("copies", Integer, nullable=False),
    Column("prints", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("place", String, nullable=False),
    Column("fault", String, nullable=False),
    Column("created_ms", Integer, nullable=False),
    Column("printed_ms", Integer),
    Column("sealed_ms", Integer),
    Column("sealed_by", String),
    Index("original_state", "state", "created_ms"),
)
"""The A4 papers owed under seal; ``document`` is frozen with the act."""


CONTACT_RECORD = Table(
    "contact_record",
    METADATA,
    Column("contact_id", String, primary_key=True),
    Column("no", String, nullable=False, unique=True),
    Column("channel", String, nullable=False),
    Column("topic", String, nullable=False),
    Column("clerk", String, nullable=False),
    Column("window", String, nullable=False),
    Column("due", String, nullable=False),
    Column("registered_ms", Integer, nullable=False),
    Column("page", JSON(none_as_null=True)),
    Column("closed_ms", Integer),
    Column("case_id", String),
)
"""Registered first contacts with what was said of them (``app.domain.contact_record.ContactRecord``)."""


SCANNED_COPY = Table(
    "scanned_copy",
    METADATA,
    Column("copy_id", String, primary_key=True),
    Column("visit_id", String, nullable=False, index=True),
    Column("material_id", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String, nullable=False),
    Column("taken_ms", Integer, nullable=False),
    Column("taken_by", String, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("sent_ms", Integer),
    Column("set_aside", String),
    Index("scanned_copy_waiting", "taken_ms", sqlite_where=text("sent_ms IS NULL AND set_aside IS NULL")),
)
"""Scanned copies of materials (``app.domain.scanned_copy``); ``set_aside`` is why the server will not take one."""
