"""The Alembic tree of the server's store; it runs on SQLite and PostgreSQL alike."""
