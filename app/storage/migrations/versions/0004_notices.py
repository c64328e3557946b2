"""What a case keeps of its receipt, its one-time notice and its deferred materials."""

import sqlalchemy as sa
from alembic import op

from app.storage.migrations.only_up import refuse_downgrade

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add four columns; cases of before were accepted at once and owe nothing."""
    op.add_column("case_record", sa.Column("received_on", sa.String(), nullable=True))
    op.add_column("case_record", sa.Column("notice_due", sa.String(), nullable=True))
    op.add_column("case_record", sa.Column("deferred", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("case_record", sa.Column("notice", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    """Refuse: an older program would drop what it does not know, and this is a legal record."""
    refuse_downgrade()
