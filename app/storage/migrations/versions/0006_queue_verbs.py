"""How often a ticket was called, which visits are held and why, and the calls for the floor manager's help."""

import sqlalchemy as sa
from alembic import op

from app.storage.migrations.only_up import refuse_downgrade

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add columns and a mirrored table; visits and tickets of before were called once and never held."""
    op.add_column("visit", sa.Column("ticket_rev", sa.Integer(), nullable=True))
    op.add_column("visit", sa.Column("recalls", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("visit", sa.Column("recalled_ms", sa.Integer(), nullable=True))
    op.add_column("visit", sa.Column("held_ms", sa.Integer(), nullable=True))
    op.add_column("visit", sa.Column("hold_reason", sa.String(), nullable=True))
    op.add_column("visit", sa.Column("away_ms", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.create_index(op.f("ix_visit_held_ms"), "visit", ["held_ms"], unique=False)
    op.add_column("ticket", sa.Column("calls", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("counter_state", sa.Column("help_id", sa.String(), nullable=True))
    op.add_column("counter_state", sa.Column("help_date", sa.String(), nullable=True))
    op.create_table(
        "help_call",
        sa.Column("help_id", sa.String(), nullable=False),
        sa.Column("hall", sa.String(), nullable=False),
        sa.Column("window", sa.String(), nullable=False),
        sa.Column("clerk", sa.String(), nullable=False),
        sa.Column("asked_ms", sa.Integer(), nullable=False),
        sa.Column("answered_ms", sa.Integer(), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=True),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("help_id"),
    )


def downgrade() -> None:
    """Refuse: an older program would drop what it does not know, and this is a legal record."""
    refuse_downgrade()
