"""The counter remembers by how much the server's clock is ahead of its own."""

import sqlalchemy as sa
from alembic import op

from app.storage.migrations.only_up import refuse_downgrade

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Add the column; it is measured with the next push."""
    op.add_column("counter_state", sa.Column("server_offset_ms", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Refuse: an older program would drop what it does not know, and this is a legal record."""
    refuse_downgrade()
