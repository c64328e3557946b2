"""The tables of the counter's own database; every personal datum of the product's client side lies in them."""

from sqlalchemy import JSON, Boolean, CheckConstraint, Column, Index, Integer, MetaData, String, Table, text

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
)
"""One row: who this counter is, and where its operation chain and its copy of the server stand."""

OPERATION = Table(
    "operation",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("wall_ms", Integer, nullable=False),
    Column("wire", JSON, nullable=False),
    Column("parked", String),
    Index("operation_parked", "parked", sqlite_where=text("parked IS NOT NULL")),
)
"""The log. The outbox is the part above ``counter_state.acked_seq``: no second table to get out of step."""

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
    # 1 while the visit has no end, else null: the database itself keeps a window from serving two citizens at a time.
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
    # Null once the case is ended, so that the list of open cases is one short walk along an index.
    Column("urgency", String),
    Index("case_urgency", "urgency", "case_id"),
)

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
    Index("print_job_state", "state", "position"),
)

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
    Index("ticket_number", "number", "business_date"),
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

MIRRORED: dict[str, tuple[Table, str]] = {
    "ticket": (TICKET, "ticket_id"),
    "case": (HALL_CASE, "case_id"),
    "catalogue": (CATALOGUE, "version"),
    "calendar": (CALENDAR, "year"),
}
"""Feed entity → its table and key; columns are exactly the fields of the wire (sync/protocol/README.md)."""
