"""Guardian and organisation of a case, which item is taken for what is typed, when a catalogue came."""

import sqlalchemy as sa
from alembic import op

from app.storage.migrations.only_up import refuse_downgrade

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add two columns and two tables; cases of before have neither guardian nor organisation."""
    op.add_column("case_record", sa.Column("guardian", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("case_record", sa.Column("organisation", sa.JSON(none_as_null=True), nullable=True))
    op.create_table(
        "item_choice",
        sa.Column("window", sa.String(), nullable=False),
        sa.Column("typed", sa.String(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("window", "typed", "item_id"),
    )
    op.create_table(
        "catalogue_arrival",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("arrived_ms", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("version"),
    )


def downgrade() -> None:
    """Refuse: an older program would drop what it does not know, and this is a legal record."""
    refuse_downgrade()
