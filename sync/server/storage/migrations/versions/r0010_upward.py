"""Cases that a higher authority has, and by when somebody asks for them."""

import sqlalchemy as sa
from alembic import op

from sync.server.storage.migrations.only_up import refuse_downgrade

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "upward_case",
        sa.Column("hall", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("case_no", sa.String(length=64), nullable=False),
        sa.Column("window", sa.String(length=16), nullable=False),
        sa.Column("clerk", sa.String(length=32), nullable=False),
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.Column("organ", sa.String(length=200), nullable=False),
        sa.Column("next_contact_on", sa.String(length=10), nullable=True),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "case_id", name=op.f("pk_upward_case")),
    )
    name = op.f("ix_upward_case_hall_closed_next_contact_on")
    op.create_index(name, "upward_case", ["hall", "closed", "next_contact_on"], unique=False)


def downgrade() -> None:
    """Refuse: an older program would drop what it does not know."""
    refuse_downgrade()
