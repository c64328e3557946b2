"""Where a paper is to come out, when this window's printer stands still."""

import sqlalchemy as sa
from alembic import op

from app.storage.migrations.only_up import refuse_downgrade

revision = "0013"
down_revision = "0011"


def upgrade() -> None:
    """Add the column; every paper of before belongs to the window's own printer."""
    op.add_column("print_job", sa.Column("way", sa.String(), nullable=False, server_default=sa.text("'own'")))


def downgrade() -> None:
    """Refuse: an older program would drop what it does not know, and this is a legal record."""
    refuse_downgrade()
