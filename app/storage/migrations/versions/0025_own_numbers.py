"""The counter keeps the numbers of its own series that it gave to people who wait, until they are called."""

import sqlalchemy as sa
from alembic import op

from app.storage.migrations.only_up import refuse_downgrade

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Add the table; no counter of before gave out numbers for a line of its own."""
    op.create_table(
        "own_number",
        sa.Column("ticket_id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("business", sa.String(), nullable=False),
        sa.Column("business_date", sa.String(), nullable=False),
        sa.Column("issued_ms", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("ticket_id"),
    )


def downgrade() -> None:
    """Refuse: an older program would drop what it does not know, and this is a legal record."""
    refuse_downgrade()
