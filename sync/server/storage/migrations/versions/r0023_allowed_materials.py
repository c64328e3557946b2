"""What a floor manager allowed a notice to add is found by its case, without walking all a device ever said."""

from alembic import op
from sqlalchemy import text

from sync.server.storage.migrations.only_up import refuse_downgrade

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index; only the few rows of that kind are in it."""
    only = text("kind = 'notice.extended'")
    name, columns = op.f("ix_operation_notice_extended"), ["hall", "entity_id", "status"]
    op.create_index(name, "operation", columns, postgresql_where=only, sqlite_where=only)


def downgrade() -> None:
    """Refuse: an older program would drop what it does not know, and this is a legal record."""
    refuse_downgrade()
