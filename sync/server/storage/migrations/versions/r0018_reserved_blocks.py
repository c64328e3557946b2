"""Reserved blocks: the epoch of a ticket's reservation, the epochs and the fence of a window, and when it was heard."""

import sqlalchemy as sa
from alembic import op

from sync.server.storage.migrations.only_up import refuse_downgrade

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add column and tables; no ticket of before was ever reserved."""
    op.add_column("ticket", sa.Column("epoch", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.create_table(
        "window_block",
        sa.Column("hall", sa.String(length=16), nullable=False),
        sa.Column("window", sa.String(length=16), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("fence_epoch", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "window", name=op.f("pk_window_block")),
    )
    op.create_table(
        "window_heard",
        sa.Column("hall", sa.String(length=16), nullable=False),
        sa.Column("window", sa.String(length=16), nullable=False),
        sa.Column("heard_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "window", name=op.f("pk_window_heard")),
    )


def downgrade() -> None:
    """Refuse: an older program would drop what it does not know, and this is a legal record."""
    refuse_downgrade()
