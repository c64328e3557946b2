"""How long the last tickets of a business took is found without walking those of all years."""

from alembic import op

from sync.server.storage.migrations.only_up import refuse_downgrade

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index."""
    columns = ["hall", "business", "state", "closed_ms"]
    op.create_index(op.f("ix_ticket_hall_business_state_closed_ms"), "ticket", columns)


def downgrade() -> None:
    """Refuse: an older program would drop what it does not know, and this is a legal record."""
    refuse_downgrade()
