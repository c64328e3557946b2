"""First contacts with what was said of them, and how a visit reached the window (domain rules I01, I70)."""

import sqlalchemy as sa
from alembic import op

from app.storage.migrations.only_up import refuse_downgrade

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Make the table; whoever came before came in person."""
    op.create_table(
        "contact_record",
        sa.Column("contact_id", sa.String(), nullable=False),
        sa.Column("no", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("clerk", sa.String(), nullable=False),
        sa.Column("window", sa.String(), nullable=False),
        sa.Column("due", sa.String(), nullable=False),
        sa.Column("registered_ms", sa.Integer(), nullable=False),
        sa.Column("page", sa.JSON(), nullable=True),
        sa.Column("closed_ms", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("contact_id"),
        sa.UniqueConstraint("no"),
    )
    op.add_column("visit", sa.Column("channel", sa.String(), nullable=False, server_default=sa.text("'in_person'")))
    op.add_column("visit", sa.Column("contact_id", sa.String(), nullable=True))


def downgrade() -> None:
    """Refuse: an older program would drop what it does not know, and this is a legal record."""
    refuse_downgrade()
