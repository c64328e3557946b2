"""How a refusal to accept was served, and what was paid, stand in the case."""

import sqlalchemy as sa
from alembic import op

from app.storage.migrations.only_up import refuse_downgrade

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Add the columns; of cases of before nobody wrote down how a refusal was served, or what was paid."""
    for name in ("service", "payment"):
        op.add_column("case_record", sa.Column(name, sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    """Refuse: an older program would drop what it does not know, and this is a legal record."""
    refuse_downgrade()
