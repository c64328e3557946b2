"""One database of PostgreSQL for many tests: emptied or furnished anew for each, and held to the order of its locks."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import event

from app.commands.system_clock import SystemClock
from sync.server.storage.engine import Storage, open_storage
from sync.server.storage.tables import metadata


class PreparedPostgres:
    """The same on PostgreSQL: one database of all tests, and beside its tables what they hold of a furnished hall."""

    def __init__(self, url: str, furnish: Callable[[Storage], None]) -> None:
        self.url = url
        self.storage = open_storage(url, SystemClock())
        furnish(self.storage)
        names = [table.name for table in reversed(metadata.sorted_tables)]
        with self.storage.engine.begin() as connection:
            connection.exec_driver_sql("CREATE SCHEMA furnished")
            for name in names:
                connection.exec_driver_sql(f'CREATE TABLE furnished."{name}" AS TABLE public."{name}"')
            held = [name for name in names if connection.exec_driver_sql(f'SELECT 1 FROM "{name}"').first()]
        self._empty = "; ".join(f'DELETE FROM public."{name}"' for name in names)
        copies = (f'INSERT INTO public."{name}" SELECT * FROM furnished."{name}"' for name in reversed(held))
        self._furnished = "; ".join((self._empty, *copies))
        event.listen(self.storage.engine, "before_cursor_execute", _head_comes_last)

    def hold(self, *, furnished: bool) -> None:
        """Let the next test find it so."""
        with self.storage.engine.begin() as connection:
            connection.exec_driver_sql(self._furnished if furnished else self._empty)


def _head_comes_last(connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
    """Hold every transaction to the lock order of sync.md section 1: the hall's row is the last that is locked."""
    kept = connection.info.setdefault("transaction", {})
    if kept.get("is") is not connection.get_transaction():
        kept.update({"is": connection.get_transaction(), "headed": False})
    words = statement.split(maxsplit=3)
    if words[:2] == ["UPDATE", "hall"]:
        kept["headed"] = True
    elif words[0] in {"UPDATE", "DELETE"} or "FOR UPDATE" in statement:
        assert not kept["headed"], f"locked after the hall's row: {statement}"
