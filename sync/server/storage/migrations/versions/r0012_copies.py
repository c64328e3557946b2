"""Scanned copies, their bytes, and the cases they belong to."""

import sqlalchemy as sa
from alembic import op

from sync.server.storage.migrations.only_up import refuse_downgrade

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; copies that were reported before stay at the counters that took them."""
    op.create_table(
        "scanned_copy",
        sa.Column("hall", sa.String(length=16), nullable=False),
        sa.Column("copy_id", sa.String(length=64), nullable=False),
        sa.Column("visit_id", sa.String(length=64), nullable=False),
        sa.Column("material_id", sa.String(length=64), nullable=False),
        sa.Column("blob", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("window", sa.String(length=16), nullable=False),
        sa.Column("taken_ms", sa.BigInteger(), nullable=False),
        sa.Column("removed_ms", sa.BigInteger(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "copy_id", name=op.f("pk_scanned_copy")),
    )
    op.create_index(op.f("ix_scanned_copy_hall_blob"), "scanned_copy", ["hall", "blob"], unique=False)
    op.create_index(op.f("ix_scanned_copy_hall_visit_id"), "scanned_copy", ["hall", "visit_id"], unique=False)
    op.create_table(
        "blob",
        sa.Column("hall", sa.String(length=16), nullable=False),
        sa.Column("blob", sa.String(length=32), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("begun_ms", sa.BigInteger(), nullable=False),
        sa.Column("stored_ms", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("hall", "blob", name=op.f("pk_blob")),
    )
    op.create_table(
        "visit_case",
        sa.Column("hall", sa.String(length=16), nullable=False),
        sa.Column("visit_id", sa.String(length=64), nullable=False),
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("hall", "visit_id", "case_id", name=op.f("pk_visit_case")),
    )
    op.create_index(op.f("ix_visit_case_hall_case_id"), "visit_case", ["hall", "case_id"], unique=False)


def downgrade() -> None:
    """Refuse: an older program would drop what it does not know, and this is a legal record."""
    refuse_downgrade()
