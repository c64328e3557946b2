"""The guardian's separate consent stands in the case of a child."""

import sqlalchemy as sa
from alembic import op

from app.storage.migrations.only_up import refuse_downgrade

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Add the column; of cases of before nobody wrote the consent down."""
    op.add_column("case_record", sa.Column("consent", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    """Refuse: an older program would drop what it does not know, and this is a legal record."""
    refuse_downgrade()
