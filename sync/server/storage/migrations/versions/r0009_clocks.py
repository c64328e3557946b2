"""What moves the limits of a case, what the server itself does to cases, and the cards of the supervision."""

import sqlalchemy as sa
from alembic import op

from sync.server.storage.migrations.only_up import refuse_downgrade

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the tables; the sealed records of the cases that are there hold what the new columns lack."""
    op.add_column("service_case", sa.Column("received_on", sa.String(length=10), nullable=True))
    op.add_column("service_case", sa.Column("notice_due", sa.String(length=10), nullable=True))
    op.add_column("service_case", sa.Column("clock", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("service_case", sa.Column("state_since_ms", sa.BigInteger(), nullable=True))
    for column in ("notice_due", "promised_due", "statutory_due"):
        name = op.f(f"ix_service_case_hall_state_{column}")
        op.create_index(name, "service_case", ["hall", "state", column], unique=False)
    op.create_table(
        "case_event",
        sa.Column("hall", sa.String(length=16), nullable=False),
        sa.Column("event_id", sa.String(length=36), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("case_no", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "event_id", name=op.f("pk_case_event")),
    )
    op.create_index(op.f("ix_case_event_hall_at_ms"), "case_event", ["hall", "at_ms"], unique=False)
    op.create_table(
        "card",
        sa.Column("hall", sa.String(length=16), nullable=False),
        sa.Column("card_id", sa.String(length=36), nullable=False),
        sa.Column("cause", sa.String(length=200), nullable=False),
        sa.Column("rule", sa.String(length=32), nullable=False),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("window", sa.String(length=16), nullable=False),
        sa.Column("clerk", sa.String(length=32), nullable=False),
        sa.Column("told", sa.String(length=64), nullable=False),
        sa.Column("due", sa.String(length=10), nullable=True),
        sa.Column("raised_ms", sa.BigInteger(), nullable=False),
        sa.Column("acknowledged_ms", sa.BigInteger(), nullable=True),
        sa.Column("acknowledged_by", sa.String(length=80), nullable=True),
        sa.Column("closed_ms", sa.BigInteger(), nullable=True),
        sa.Column("closed_by", sa.String(length=80), nullable=True),
        sa.Column("closed_as", sa.String(length=16), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "card_id", name=op.f("pk_card")),
        sa.UniqueConstraint("hall", "cause", name=op.f("uq_card_hall_cause")),
    )
    op.create_index(op.f("ix_card_hall_closed_ms"), "card", ["hall", "closed_ms"], unique=False)


def downgrade() -> None:
    """Refuse: an older program would drop what it does not know, and this is a legal record."""
    refuse_downgrade()
