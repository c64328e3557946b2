"""What the department decided, who had the case when, and how it stands with the higher authority."""

import sqlalchemy as sa
from alembic import op

from app.storage.migrations.only_up import refuse_downgrade

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the columns; what a counter holds by now it wrote itself, so it holds all of it."""
    for name in ("decision", "steps", "upward"):
        op.add_column("case_record", sa.Column(name, sa.JSON(none_as_null=True), nullable=True))
    op.add_column("case_record", sa.Column("whole_rev", sa.Integer(), nullable=False, server_default=sa.text("0")))
    op.execute("UPDATE case_record SET whole_rev = rev")
    op.create_index("case_in_part", "case_record", ["case_id"], sqlite_where=sa.text("rev > whole_rev"))
    op.create_index("hall_case_state", "hall_case", ["state"])


def downgrade() -> None:
    """Refuse: an older program would drop what it does not know, and this is a legal record."""
    refuse_downgrade()
