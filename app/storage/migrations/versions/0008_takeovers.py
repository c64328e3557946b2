"""Who was asked first about what was handed to another window, and whether it was taken over (接办)."""

import sqlalchemy as sa
from alembic import op

from app.storage.migrations.only_up import refuse_downgrade

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the table of what the server's feed says of it."""
    op.create_table(
        "contact",
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.Column("hall", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("ticket_id", sa.String(), nullable=True),
        sa.Column("clerk", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("owner_window", sa.String(), nullable=False),
        sa.Column("to_window", sa.String(), nullable=False),
        sa.Column("handed_ms", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("due", sa.String(), nullable=True),
        sa.Column("taken_ms", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("contact_id"),
    )
    op.create_index("contact_handed", "contact", ["state", "handed_ms"], unique=False)


def downgrade() -> None:
    """Refuse: an older program would drop what it does not know, and this is a legal record."""
    refuse_downgrade()
