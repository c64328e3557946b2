"""A server restored from a backup knows which counters have not told it everything yet, and which numbers it lost."""

import sqlalchemy as sa
from alembic import op

from sync.server.storage.migrations.only_up import refuse_downgrade

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; no database of before came from a backup of this program."""
    op.create_table(
        "restored_hall",
        sa.Column("hall", sa.String(length=16), nullable=False),
        sa.Column("restored_ms", sa.BigInteger(), nullable=False),
        sa.Column("backup_ms", sa.BigInteger(), nullable=False),
        sa.Column("calls_held", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("hall", name=op.f("pk_restored_hall")),
    )
    op.create_table(
        "awaited_counter",
        sa.Column("hall", sa.String(length=16), nullable=False),
        sa.Column("device", sa.String(length=64), nullable=False),
        sa.Column("window", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("hall", "device", name=op.f("pk_awaited_counter")),
    )
    op.create_table(
        "lost_numbers",
        sa.Column("hall", sa.String(length=16), nullable=False),
        sa.Column("business_date", sa.String(length=10), nullable=False),
        sa.Column("business", sa.String(length=8), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.Column("upto", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "business_date", "business", name=op.f("pk_lost_numbers")),
    )


def downgrade() -> None:
    """Refuse: an older program would drop what it does not know, and this is a legal record."""
    refuse_downgrade()
