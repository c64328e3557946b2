"""What a person made of a parked operation stands beside it."""

import sqlalchemy as sa
from alembic import op

from app.storage.migrations.only_up import refuse_downgrade

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Add the column; what is parked waits as before."""
    op.add_column("operation", sa.Column("resolved", sa.String(), nullable=True))


def downgrade() -> None:
    """Refuse: an older program would drop what it does not know, and this is a legal record."""
    refuse_downgrade()
