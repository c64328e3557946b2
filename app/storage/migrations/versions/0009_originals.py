"""The sealed A4 originals that the counter owes."""

import sqlalchemy as sa
from alembic import op

from app.storage.migrations.only_up import refuse_downgrade

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the table; for outcomes of before nothing is owed, their papers were given under the rules of then."""
    op.create_table(
        "original",
        sa.Column("original_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("slip", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("doc_no", sa.String(), nullable=False),
        sa.Column("item_name", sa.String(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("prints", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("fault", sa.String(), nullable=False),
        sa.Column("created_ms", sa.Integer(), nullable=False),
        sa.Column("printed_ms", sa.Integer(), nullable=True),
        sa.Column("sealed_ms", sa.Integer(), nullable=True),
        sa.Column("sealed_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("original_id"),
    )
    op.create_index(op.f("ix_original_case_id"), "original", ["case_id"], unique=False)
    op.create_index("original_state", "original", ["state", "created_ms"], unique=False)


def downgrade() -> None:
    """Refuse: an older program would drop what it does not know, and this is a legal record."""
    refuse_downgrade()
