"""Parked operations are kept apart until a person has resolved them."""

import sqlalchemy as sa
from alembic import op

from sync.server.storage.migrations.only_up import refuse_downgrade

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; what was parked before comes in when it is resolved, out of the log."""
    op.create_table(
        "conflict",
        sa.Column("hall", sa.String(length=16), nullable=False),
        sa.Column("device", sa.String(length=64), nullable=False),
        sa.Column("incarnation", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("entity_id", sa.String(length=256), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("base_rev", sa.BigInteger(), nullable=True),
        sa.Column("seen_rev", sa.BigInteger(), nullable=True),
        sa.Column("parked_ms", sa.BigInteger(), nullable=False),
        sa.Column("resolved_ms", sa.BigInteger(), nullable=True),
        sa.Column("resolved_by", sa.String(length=32), nullable=True),
        sa.Column("how", sa.String(length=16), nullable=True),
        sa.PrimaryKeyConstraint("hall", "device", "incarnation", "seq", name=op.f("pk_conflict")),
    )
    op.create_index(op.f("ix_conflict_hall_entity_id"), "conflict", ["hall", "entity_id"])


def downgrade() -> None:
    """Refuse: an older program would drop what it does not know, and this is a legal record."""
    refuse_downgrade()
