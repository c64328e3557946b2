"""One-time codes of counters beside the links of pages, and what cases are found by."""

import sqlalchemy as sa
from alembic import op

from sync.server.storage.migrations.only_up import refuse_downgrade

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the tables; the cases that are there are indexed by the server, which has the key."""
    op.add_column("page_enrolment", sa.Column("used_ms", sa.BigInteger(), nullable=True))
    op.add_column("device", sa.Column("public_key", sa.String(length=64), nullable=True))
    op.create_table(
        "case_word",
        sa.Column("hall", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("word", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("hall", "case_id", "word", name=op.f("pk_case_word")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_case_word_hall_word_case_id"), "case_word", ["hall", "word", "case_id"], unique=False)
    op.create_table(
        "case_access",
        sa.Column("hall", sa.String(length=16), nullable=False),
        sa.Column("access_id", sa.String(length=36), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("clerk", sa.String(length=32), nullable=False),
        sa.Column("act", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=64), nullable=True),
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "access_id", name=op.f("pk_case_access")),
    )
    op.create_index(op.f("ix_case_access_hall_at_ms"), "case_access", ["hall", "at_ms"], unique=False)


def downgrade() -> None:
    """Refuse: an older program would drop what it does not know, and this is a legal record."""
    refuse_downgrade()
