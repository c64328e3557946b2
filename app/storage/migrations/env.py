"""What Alembic runs: it migrates on the connection it is handed, within the transaction that is open there."""

from alembic import context

from app.storage.mirror_tables import EVERY_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=EVERY_TABLE,
    render_as_batch=True,
    # SQLite changes a schema within a transaction, and the caller has one open.
    transaction_per_migration=False,
)
context.run_migrations()
