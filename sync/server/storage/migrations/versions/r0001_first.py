"""The first schema of the central server."""

import sqlalchemy as sa
from alembic import op

from sync.server.storage.migrations.only_up import refuse_downgrade

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "calendar_year",
        sa.Column("hall", sa.String(length=16), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("days", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "year", name=op.f("pk_calendar_year")),
    )
    op.create_table(
        "catalogue_version",
        sa.Column("hall", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("effective_from", sa.String(length=10), nullable=False),
        sa.Column("submitted_by", sa.String(length=32), nullable=False),
        sa.Column("submitted_ms", sa.BigInteger(), nullable=False),
        sa.Column("approved_by", sa.String(length=32), nullable=True),
        sa.Column("published_ms", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("hall", "version", name=op.f("pk_catalogue_version")),
    )
    op.create_table(
        "clerk",
        sa.Column("hall", sa.String(length=16), nullable=False),
        sa.Column("clerk", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("department", sa.String(length=32), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("windows", sa.Text(), nullable=False),
        sa.Column("item_ids", sa.Text(), nullable=False),
        sa.Column("verifier", sa.String(length=256), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "clerk", name=op.f("pk_clerk")),
    )
    op.create_table(
        "device",
        sa.Column("hall", sa.String(length=16), nullable=False),
        sa.Column("device", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("window", sa.String(length=16), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("hall", "device", name=op.f("pk_device")),
        sa.UniqueConstraint("hall", "token_hash", name=op.f("uq_device_hall_token_hash")),
    )
    op.create_index(op.f("ix_device_token_hash"), "device", ["token_hash"], unique=False)
    op.create_table(
        "feed",
        sa.Column("hall", sa.String(length=16), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entity", sa.String(length=32), nullable=False),
        sa.Column("entity_id", sa.String(length=64), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "seq", name=op.f("pk_feed")),
    )
    op.create_table(
        "hall",
        sa.Column("hall", sa.String(length=16), nullable=False),
        sa.Column("centre", sa.String(length=16), nullable=False),
        sa.Column("head", sa.BigInteger(), nullable=False),
        sa.Column("floor", sa.BigInteger(), nullable=False),
        sa.Column("last_counter", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("hall", name=op.f("pk_hall")),
    )
    op.create_table(
        "idempotent_answer",
        sa.Column("hall", sa.String(length=16), nullable=False),
        sa.Column("caller", sa.String(length=80), nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("request_hash", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("answered_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "caller", "key", name=op.f("pk_idempotent_answer")),
    )
    op.create_index(op.f("ix_idempotent_answer_answered_ms"), "idempotent_answer", ["answered_ms"], unique=False)
    op.create_table(
        "operation",
        sa.Column("hall", sa.String(length=16), nullable=False),
        sa.Column("device", sa.String(length=64), nullable=False),
        sa.Column("incarnation", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("entity", sa.String(length=64), nullable=False),
        sa.Column("entity_id", sa.String(length=256), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=True),
        sa.Column("received_ms", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "device", "incarnation", "seq", name=op.f("pk_operation")),
    )
    op.create_index(
        op.f("ix_operation_hall_status_received_ms"), "operation", ["hall", "status", "received_ms"], unique=False
    )
    op.create_table(
        "registration",
        sa.Column("hall", sa.String(length=16), nullable=False),
        sa.Column("device", sa.String(length=64), nullable=False),
        sa.Column("incarnation", sa.String(length=64), nullable=False),
        sa.Column("counter", sa.String(length=8), nullable=False),
        sa.Column("public_key", sa.String(length=64), nullable=False),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.Column("last_hash", sa.String(length=64), nullable=False),
        sa.Column("quarantined", sa.Boolean(), nullable=False),
        sa.Column("registered_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "device", "incarnation", name=op.f("pk_registration")),
        sa.UniqueConstraint("hall", "counter", name=op.f("uq_registration_hall_counter")),
    )
    op.create_table(
        "server",
        sa.Column("incarnation", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("incarnation", name=op.f("pk_server")),
    )
    op.create_table(
        "service_case",
        sa.Column("hall", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("case_no", sa.String(length=64), nullable=False),
        sa.Column("window", sa.String(length=16), nullable=False),
        sa.Column("counter", sa.String(length=8), nullable=False),
        sa.Column("item_id", sa.String(length=64), nullable=False),
        sa.Column("department", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("accepted_on", sa.String(length=10), nullable=False),
        sa.Column("promised_due", sa.String(length=10), nullable=True),
        sa.Column("statutory_due", sa.String(length=10), nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("doc_no", sa.String(length=64), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "case_id", name=op.f("pk_service_case")),
        sa.UniqueConstraint("hall", "case_no", name=op.f("uq_service_case_hall_case_no")),
    )
    op.create_table(
        "session",
        sa.Column("hall", sa.String(length=16), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("clerk", sa.String(length=32), nullable=False),
        sa.Column("device", sa.String(length=64), nullable=True),
        sa.Column("expires_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "token_hash", name=op.f("pk_session")),
    )
    op.create_index(op.f("ix_session_token_hash"), "session", ["token_hash"], unique=False)
    op.create_table(
        "ticket",
        sa.Column("hall", sa.String(length=16), nullable=False),
        sa.Column("ticket_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("business", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("issued_ms", sa.BigInteger(), nullable=False),
        sa.Column("priority", sa.String(length=32), nullable=True),
        sa.Column("window", sa.String(length=16), nullable=True),
        sa.Column("called_ms", sa.BigInteger(), nullable=True),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.Column("business_date", sa.String(length=10), nullable=False),
        sa.Column("closed_ms", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("hall", "ticket_id", name=op.f("pk_ticket")),
        sa.UniqueConstraint("hall", "business_date", "number", name=op.f("uq_ticket_hall_business_date_number")),
    )
    op.create_index(
        op.f("ix_ticket_hall_state_business_issued_ms"),
        "ticket",
        ["hall", "state", "business", "issued_ms"],
        unique=False,
    )
    op.create_index(op.f("ix_ticket_hall_window_state"), "ticket", ["hall", "window", "state"], unique=False)
    op.create_table(
        "ticket_series",
        sa.Column("hall", sa.String(length=16), nullable=False),
        sa.Column("business_date", sa.String(length=10), nullable=False),
        sa.Column("business", sa.String(length=8), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "business_date", "business", name=op.f("pk_ticket_series")),
    )
    op.create_table(
        "window_day",
        sa.Column("hall", sa.String(length=16), nullable=False),
        sa.Column("window", sa.String(length=16), nullable=False),
        sa.Column("business_date", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("hall", "window", name=op.f("pk_window_day")),
    )


def downgrade() -> None:
    """Refuse: an older program would drop what it does not know, and this is a legal record."""
    refuse_downgrade()
