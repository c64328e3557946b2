"""What moves the limits of a case, and the cards of the electronic supervision."""

import sqlalchemy as sa
from alembic import op

from app.storage.migrations.only_up import refuse_downgrade

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the columns and the table; cases of before keep their dates, nothing ever moved them."""
    op.add_column("case_record", sa.Column("clock", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("hall_case", sa.Column("received_on", sa.String(), nullable=True))
    op.add_column("hall_case", sa.Column("notice_due", sa.String(), nullable=True))
    op.add_column("hall_case", sa.Column("clock", sa.JSON(none_as_null=True), nullable=True))
    op.create_table(
        "card",
        sa.Column("card_id", sa.String(), nullable=False),
        sa.Column("hall", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("window", sa.String(), nullable=False),
        sa.Column("clerk", sa.String(), nullable=False),
        sa.Column("due", sa.String(), nullable=True),
        sa.Column("raised_ms", sa.Integer(), nullable=False),
        sa.Column("acknowledged_ms", sa.Integer(), nullable=True),
        sa.Column("closed_ms", sa.Integer(), nullable=True),
        sa.Column("closed_as", sa.String(), nullable=True),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("card_id"),
    )
    op.create_index("card_open", "card", ["closed_ms", "clerk"], unique=False)


def downgrade() -> None:
    """Refuse: an older program would drop what it does not know, and this is a legal record."""
    refuse_downgrade()
