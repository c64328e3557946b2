"""The first tables of the counter's store."""

import sqlalchemy as sa
from alembic import op

from app.storage.migrations.only_up import refuse_downgrade

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "calendar",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("table", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("year"),
    )
    op.create_table(
        "case_record",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("case_no", sa.String(), nullable=False),
        sa.Column("hall", sa.String(), nullable=False),
        sa.Column("window", sa.String(), nullable=False),
        sa.Column("counter", sa.String(), nullable=False),
        sa.Column("business_date", sa.String(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("item_name", sa.String(), nullable=False),
        sa.Column("catalogue_version", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("applicant", sa.JSON(), nullable=False),
        sa.Column("agent", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("verdicts", sa.JSON(), nullable=False),
        sa.Column("form", sa.JSON(), nullable=False),
        sa.Column("clerk", sa.String(), nullable=False),
        sa.Column("first_clerk", sa.String(), nullable=False),
        sa.Column("accepted_ms", sa.Integer(), nullable=False),
        sa.Column("accepted_on", sa.String(), nullable=False),
        sa.Column("promised_due", sa.String(), nullable=True),
        sa.Column("statutory_due", sa.String(), nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("doc_no", sa.String(), nullable=True),
        sa.Column("query_code", sa.String(), nullable=False),
        sa.Column("rating_token", sa.String(), nullable=False),
        sa.Column("visit_id", sa.String(), nullable=True),
        sa.Column("urgency", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("case_id"),
        sa.UniqueConstraint("case_no"),
        sa.UniqueConstraint("doc_no"),
    )
    op.create_index("case_urgency", "case_record", ["urgency", "case_id"], unique=False)
    op.create_table(
        "catalogue",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("effective_from", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("version"),
    )
    op.create_table(
        "counter_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incarnation", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=True),
        sa.Column("counter", sa.String(), nullable=True),
        sa.Column("centre", sa.String(), nullable=True),
        sa.Column("hall", sa.String(), nullable=True),
        sa.Column("window", sa.String(), nullable=True),
        sa.Column("server_incarnation", sa.String(), nullable=True),
        sa.Column("business_date", sa.String(), nullable=True),
        sa.Column("call_key", sa.String(), nullable=True),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("last_hash", sa.String(), nullable=False),
        sa.Column("acked_seq", sa.Integer(), nullable=False),
        sa.Column("cursor", sa.Integer(), nullable=False),
        sa.Column("offline_since_ms", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "draft",
        sa.Column("visit_id", sa.String(), nullable=False),
        sa.Column("card", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("visit_id"),
    )
    op.create_table(
        "hall_case",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("case_no", sa.String(), nullable=False),
        sa.Column("hall", sa.String(), nullable=False),
        sa.Column("window", sa.String(), nullable=False),
        sa.Column("counter", sa.String(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("accepted_on", sa.String(), nullable=True),
        sa.Column("promised_due", sa.String(), nullable=True),
        sa.Column("statutory_due", sa.String(), nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("doc_no", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("case_id"),
    )
    op.create_table(
        "operation",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("wall_ms", sa.Integer(), nullable=False),
        sa.Column("wire", sa.JSON(), nullable=False),
        sa.Column("parked", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index(
        "operation_parked", "operation", ["parked"], unique=False, sqlite_where=sa.text("parked IS NOT NULL")
    )
    op.create_table(
        "print_job",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.String(), nullable=False),
        sa.Column("slip", sa.String(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("reprint", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_ms", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("position"),
        sa.UniqueConstraint("job_id"),
    )
    op.create_index(op.f("ix_print_job_case_id"), "print_job", ["case_id"], unique=False)
    op.create_index("print_job_state", "print_job", ["state", "position"], unique=False)
    op.create_table(
        "serial",
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series"),
    )
    op.create_table(
        "sign_in",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("windows", sa.JSON(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("offline_until_ms", sa.Integer(), nullable=False),
        sa.Column("verifier", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "ticket",
        sa.Column("ticket_id", sa.String(), nullable=False),
        sa.Column("hall", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("business", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("issued_ms", sa.Integer(), nullable=False),
        sa.Column("priority", sa.String(), nullable=True),
        sa.Column("window", sa.String(), nullable=True),
        sa.Column("called_ms", sa.Integer(), nullable=True),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.Column("business_date", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("ticket_id"),
    )
    op.create_index("ticket_number", "ticket", ["number", "business_date"], unique=False)
    op.create_index("ticket_waiting", "ticket", ["state", "business", "issued_ms"], unique=False)
    op.create_table(
        "visit",
        sa.Column("visit_id", sa.String(), nullable=False),
        sa.Column("ticket_id", sa.String(), nullable=True),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("business", sa.String(), nullable=False),
        sa.Column("admission", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("called_ms", sa.Integer(), nullable=False),
        sa.Column("served_ms", sa.Integer(), nullable=True),
        sa.Column("finished_ms", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("open", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("visit_id"),
        sa.UniqueConstraint("open"),
    )
    op.create_index(op.f("ix_visit_finished_ms"), "visit", ["finished_ms"], unique=False)
    op.create_index(op.f("ix_visit_ticket_id"), "visit", ["ticket_id"], unique=False)


def downgrade() -> None:
    """Refuse: an older program would drop what it does not know, and this is a legal record."""
    refuse_downgrade()
