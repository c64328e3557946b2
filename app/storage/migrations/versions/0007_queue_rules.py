"""A ticket's place in line, its transfer and who was asked first; and the chosen call that awaits its answer."""

import sqlalchemy as sa
from alembic import op

from app.storage.migrations.only_up import refuse_downgrade

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the columns; tickets of before stand where they were issued."""
    op.add_column("ticket", sa.Column("line_ms", sa.Integer(), nullable=True))
    op.add_column("ticket", sa.Column("missed_ms", sa.Integer(), nullable=True))
    op.add_column("ticket", sa.Column("first_clerk", sa.String(), nullable=True))
    op.add_column("ticket", sa.Column("to_window", sa.String(), nullable=True))
    op.add_column("ticket", sa.Column("offered_ms", sa.Integer(), nullable=True))
    op.add_column("ticket", sa.Column("note", sa.String(), nullable=True))
    op.add_column("counter_state", sa.Column("call_choice", sa.JSON(none_as_null=True), nullable=True))
    op.create_index("ticket_called", "ticket", ["called_ms"], unique=False)


def downgrade() -> None:
    """Refuse: an older program would drop what it does not know, and this is a legal record."""
    refuse_downgrade()
