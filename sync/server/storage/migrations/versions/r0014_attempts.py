"""Wrong answers, so that all processes count them together."""

import sqlalchemy as sa
from alembic import op

from sync.server.storage.migrations.only_up import refuse_downgrade

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "attempt",
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.Column("moments", sa.Text(), nullable=False),
        sa.Column("last_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_attempt")),
    )
    op.create_index(op.f("ix_attempt_last_ms"), "attempt", ["last_ms"], unique=False)


def downgrade() -> None:
    """Refuse: an older program would drop what it does not know."""
    refuse_downgrade()
