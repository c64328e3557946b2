"""The cases of the last month are found without walking those of all years."""

from alembic import op

from sync.server.storage.migrations.only_up import refuse_downgrade

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index."""
    op.create_index(op.f("ix_service_case_hall_accepted_on"), "service_case", ["hall", "accepted_on"])


def downgrade() -> None:
    """Refuse: an older program would drop what it does not know, and this is a legal record."""
    refuse_downgrade()
