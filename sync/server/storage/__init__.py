"""The server's own store: tables, engine, migrations, and plain functions by concept."""
