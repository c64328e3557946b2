"""PostgreSQL under the server: a database that is furnished like a disk, loses its power like one, and is looked at."""

import re
from collections.abc import Callable
from functools import cache
from itertools import count
from typing import Any

import psycopg
from sqlalchemy import Engine, create_engine, insert, select

from hall_in_a_box.disk import Cut, PowerCut
from hall_in_a_box.statements import share
from hall_in_a_box.timeline import PartyClock, Timeline
from sync.server.storage import schema
from sync.server.storage.engine import Storage, open_as_it_is
from sync.server.storage.tables import metadata

COPIES = count(1)
WORD_OF_ITS_OWN = re.compile(r'(?<!")\bwindow\b(?!")')
"""A column of ours that PostgreSQL's grammar knows: SQLite takes it without quotes."""
NOBODY_RACES = PartyClock(Timeline(0), 0)


class PostgresDisk:
    """What the simulation knows of a disk, over an empty database; ``cut`` is asked at every commit of the program.

    Rows of ``operation`` are counted in ``rowid``, as SQLite does by itself: so the auditor sees what is new.
    """

    cut: Callable[[], Cut | None] = staticmethod(lambda: None)
    takes_no_commit = False

    def __init__(self, url: str, furnished: Engine) -> None:
        self.url = url
        self.total_changes = 0
        self._looking = create_engine(url, isolation_level="AUTOCOMMIT")
        schema.create(self._looking)
        self._opened: Storage | None = None
        with furnished.connect() as source, self._looking.connect() as target:
            for table in metadata.sorted_tables:
                rows = [dict(row) for row in source.execute(select(table)).mappings()]
                if rows:
                    target.execute(insert(table), rows)
            target.exec_driver_sql("ALTER TABLE operation ADD COLUMN rowid BIGSERIAL UNIQUE")

    def storage(self) -> Storage:
        """Open the database as the program does at its start."""
        self._opened = open_as_it_is(self.url, NOBODY_RACES)
        share("postgres", self._opened.engine)
        dialect = self._opened.engine.dialect
        honest = type(dialect).do_commit.__get__(dialect)

        def do_commit(connection: Any) -> None:
            if self.takes_no_commit:
                connection.rollback()
                raise psycopg.errors.DiskFull("could not extend file")
            when = self.cut()
            if when is Cut.BEFORE:
                raise PowerCut(when)
            honest(connection)
            self.total_changes += 1
            if when is Cut.AFTER:
                raise PowerCut(when)

        dialect.do_commit = do_commit  # type: ignore[method-assign] # where the power fails
        return self._opened

    def close(self) -> None:
        """Drop the program's connections; what was open is rolled back, the database stays."""
        if self._opened is not None:
            self._opened.close()

    def fill(self, _pages: int | None) -> None:
        """Take no commit any more: how much room a statement needs is the database's own affair."""
        self.takes_no_commit = True

    def make_room(self) -> None:
        """Let everything be written again."""
        self.takes_no_commit = False

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Read behind the program's back; the values stand at ``?``."""
        raw = self._looking.raw_connection()
        try:
            found: list[tuple[Any, ...]] = raw.cursor().execute(_for_postgres(query), values).fetchall()
        finally:
            raw.close()
        return found

    def keep(self) -> str:
        """Put a copy of everything aside and return its name."""
        name = f"kept_{next(COPIES)}"
        copies = (f'CREATE TABLE {name}."{each.name}" AS TABLE public."{each.name}"' for each in metadata.sorted_tables)
        self._run(f"CREATE SCHEMA {name}", *copies)
        return name

    def set_back(self, name: str) -> None:
        """Make everything what it was when the copy was put aside."""
        tables = metadata.sorted_tables
        self._run(
            *(f'DELETE FROM public."{each.name}"' for each in reversed(tables)),
            *(f'INSERT INTO public."{each.name}" SELECT * FROM {name}."{each.name}"' for each in tables),
            "SELECT setval('operation_rowid_seq', (SELECT coalesce(max(rowid), 0) + 1 FROM operation), false)",
        )
        self.total_changes += 1

    def _run(self, *statements: str) -> None:
        with self._looking.connect() as connection:
            connection.exec_driver_sql("; ".join(("BEGIN", *statements, "COMMIT")))


@cache
def _for_postgres(query: str) -> str:
    return WORD_OF_ITS_OWN.sub('"window"', query).replace("?", "%s")
