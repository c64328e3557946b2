"""The mirror of a ticket says by which reservation a window holds it."""

import sqlalchemy as sa
from alembic import op

from app.storage.migrations.only_up import refuse_downgrade

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Add the column; no ticket of before was ever reserved."""
    op.add_column("ticket", sa.Column("epoch", sa.Integer(), server_default=sa.text("0"), nullable=False))


def downgrade() -> None:
    """Refuse: an older program would drop what it does not know, and this is a legal record."""
    refuse_downgrade()
