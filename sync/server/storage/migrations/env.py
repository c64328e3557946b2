"""What Alembic runs: the migrations, on the connection and in the transaction that ``schema`` opened."""

from alembic import context

from sync.server.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()
