"""A ticket's place in line, its transfer and who was asked first; and the ledger of what was done out of turn."""

import sqlalchemy as sa
from alembic import op

from sync.server.storage.migrations.only_up import refuse_downgrade

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the ledger; tickets of before stand where they were issued."""
    op.add_column("ticket", sa.Column("line_ms", sa.BigInteger(), nullable=True))
    op.add_column("ticket", sa.Column("missed_ms", sa.BigInteger(), nullable=True))
    op.add_column("ticket", sa.Column("first_clerk", sa.String(length=32), nullable=True))
    op.add_column("ticket", sa.Column("to_window", sa.String(length=16), nullable=True))
    op.add_column("ticket", sa.Column("offered_ms", sa.BigInteger(), nullable=True))
    op.add_column("ticket", sa.Column("note", sa.String(length=60), nullable=True))
    op.create_index(op.f("ix_ticket_hall_called_ms"), "ticket", ["hall", "called_ms"], unique=False)
    op.create_table(
        "queue_ledger",
        sa.Column("hall", sa.String(length=16), nullable=False),
        sa.Column("entry_id", sa.String(length=36), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("ticket_id", sa.String(length=36), nullable=False),
        sa.Column("event", sa.String(length=16), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("hall", "entry_id", name=op.f("pk_queue_ledger")),
    )


def downgrade() -> None:
    """Refuse: an older program would drop what it does not know, and this is a legal record."""
    refuse_downgrade()
