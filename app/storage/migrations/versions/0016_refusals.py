"""What was told with a refusal to accept stands in its case."""

import sqlalchemy as sa
from alembic import op

from app.storage.migrations.only_up import refuse_downgrade

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Add the column; of refusals of before the operation alone says what was told."""
    op.add_column("case_record", sa.Column("refusal", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    """Refuse: an older program would drop what it does not know, and this is a legal record."""
    refuse_downgrade()
