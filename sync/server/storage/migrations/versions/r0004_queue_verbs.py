"""How often a ticket was called out, and the calls for the floor manager's help."""

import sqlalchemy as sa
from alembic import op

from sync.server.storage.migrations.only_up import refuse_downgrade

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column and the table."""
    op.add_column("ticket", sa.Column("calls", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.create_table(
        "help_call",
        sa.Column("hall", sa.String(length=16), nullable=False),
        sa.Column("help_id", sa.String(length=64), nullable=False),
        sa.Column("window", sa.String(length=16), nullable=False),
        sa.Column("clerk", sa.String(length=32), nullable=False),
        sa.Column("asked_ms", sa.BigInteger(), nullable=False),
        sa.Column("answered_ms", sa.BigInteger(), nullable=True),
        sa.Column("answered_by", sa.String(length=80), nullable=True),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "help_id", name=op.f("pk_help_call")),
    )
    op.create_index(op.f("ix_help_call_hall_answered_ms"), "help_call", ["hall", "answered_ms"], unique=False)


def downgrade() -> None:
    """Refuse: an older program would drop what it does not know, and this is a legal record."""
    refuse_downgrade()
