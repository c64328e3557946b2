"""Whether the server has a scanned copy, or will not take it."""

import sqlalchemy as sa
from alembic import op

from app.storage.migrations.only_up import refuse_downgrade

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Add the columns; every copy of before waits to be sent."""
    op.add_column("scanned_copy", sa.Column("sent_ms", sa.Integer(), nullable=True))
    op.add_column("scanned_copy", sa.Column("set_aside", sa.String(), nullable=True))
    op.create_index(
        "scanned_copy_waiting",
        "scanned_copy",
        ["taken_ms"],
        unique=False,
        sqlite_where=sa.text("sent_ms IS NULL AND set_aside IS NULL"),
    )


def downgrade() -> None:
    """Refuse: an older program would drop what it does not know, and this is a legal record."""
    refuse_downgrade()
