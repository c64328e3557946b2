"""What counters said of their numbers at the end of a day, and where each hall's feed stood on which day."""

import sqlalchemy as sa
from alembic import op

from sync.server.storage.migrations.only_up import refuse_downgrade

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; no day of before was closed, and no feed is younger than its oldest event."""
    op.create_table(
        "day_close",
        sa.Column("hall", sa.String(length=16), nullable=False),
        sa.Column("counter", sa.String(length=4), nullable=False),
        sa.Column("business_date", sa.String(length=10), nullable=False),
        sa.Column("device", sa.String(length=64), nullable=False),
        sa.Column("first", sa.Integer(), nullable=True),
        sa.Column("last", sa.Integer(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("closed_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "counter", "business_date", name=op.f("pk_day_close")),
    )
    op.create_table(
        "feed_day",
        sa.Column("hall", sa.String(length=16), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("head", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "day", name=op.f("pk_feed_day")),
    )


def downgrade() -> None:
    """Refuse: an older program would drop what it does not know, and this is a legal record."""
    refuse_downgrade()
