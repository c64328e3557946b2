"""The counter keeps that the server takes nothing of its chain any more, so that a restart does not forget it."""

import sqlalchemy as sa
from alembic import op

from app.storage.migrations.only_up import refuse_downgrade

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """Add the column; what the server says to the next push is kept."""
    op.add_column("counter_state", sa.Column("log_refused", sa.String()))


def downgrade() -> None:
    """Refuse: an older program would drop what it does not know, and this is a legal record."""
    refuse_downgrade()
