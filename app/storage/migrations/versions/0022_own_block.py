"""The counter keeps up to which reservation its block was asked for by itself, because its link flapped."""

import sqlalchemy as sa
from alembic import op

from app.storage.migrations.only_up import refuse_downgrade

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Add the column; no counter of before ever asked for a block."""
    op.add_column("counter_state", sa.Column("own_block_epoch", sa.Integer()))


def downgrade() -> None:
    """Refuse: an older program would drop what it does not know, and this is a legal record."""
    refuse_downgrade()
