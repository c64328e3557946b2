"""SQLAlchemy's engine without its weight: the statements of the production code, compiled once, straight to SQLite.

It stands under the real stores of both ends in the fast form of the simulation, and knows what they use of an engine
and no more: ``tests/contract`` holds it to what the real one does. Types, parameters and rows are SQLAlchemy's own.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher  # type: ignore[import-untyped] # it has no stubs
from sqlalchemy.engine.result import IteratorResult, SimpleResultMetaData
from sqlalchemy.exc import DBAPIError, StatementError

from hall_in_a_box.library import Library, Values

NO_OPTIONS: Values = {}
NO_COLUMNS = SimpleResultMetaData([])


class QuickResult(IteratorResult[Any]):
    """What came of a statement; ``rowcount`` is how many rows it changed."""

    def __init__(self, metadata: Any, rows: Iterator[Any], rowcount: int) -> None:
        super().__init__(metadata, rows)
        self.rowcount = rowcount


class QuickConnection:
    """Stands for ``sqlalchemy.Connection``: a transaction begins with the first statement, unless one was begun."""

    def __init__(self, library: Library, raw: Any, *, begins: bool) -> None:
        self._library = library
        self.dialect = library.dialect
        self._raw = raw
        self._cursor = raw.cursor()
        self._begins = begins
        self._writes = False
        self._savepoints = 0

    def execution_options(self, *, writes: bool) -> "QuickConnection":
        self._writes = writes
        return self

    def exec_driver_sql(self, text: str) -> Any:
        return self._run(text, ())

    def execute(self, statement: Any, values: Any = None, *, execution_options: Values = NO_OPTIONS) -> QuickResult:
        known = {"preserve_rowcount", "yield_per"}
        assert not set(execution_options) - known, "every result keeps its count, and has all its rows"
        if self._begins and not self._raw.in_transaction:
            self._run("BEGIN IMMEDIATE" if self._writes else "BEGIN", ())
        many = not isinstance(values, Mapping) and values is not None
        example: Values = (values[0] if many else values) or {}
        found = self._library.prepared(statement, example)
        if found is None:
            return self._new(statement, values if many else [example])
        try:
            rows = [found.bind(each) for each in values] if many else found.bind(example)
        except Exception as error:
            raise StatementError(str(error), found.sql, None, error, hide_parameters=True) from error
        cursor = self._run(found.sql, rows, many=many)
        return self._result(cursor, found.metadata, cursor.rowcount)

    def _new(self, statement: Any, values: Sequence[Values]) -> QuickResult:
        """Run a statement as SQLAlchemy does: what stands in it is read out of it every time."""
        compiled, extracted = self._library.compiled(statement, sorted(values[0]))
        cursor, changed = None, 0
        for each in values:
            given = compiled.construct_params(dict(each), extracted_parameters=extracted, escape_names=False)
            text, names, inward = compiled.string, compiled.positiontup, compiled._bind_processors
            if compiled.post_compile_params or compiled.literal_execute_params:
                expanded = compiled._process_parameters_for_postcompile(given)
                text, names = expanded.statement, expanded.positiontup
                given, inward = {**given, **expanded.additional_parameters}, {**inward, **expanded.processors}
            try:
                row = [inward[name](given[name]) if name in inward else given[name] for name in names]
            except Exception as error:
                raise StatementError(str(error), text, None, error, hide_parameters=True) from error
            cursor = self._run(text, row)
            changed += cursor.rowcount
        return self._result(cursor, self._library.metadata(compiled), changed)

    def _run(self, text: str, row: Sequence[Any], *, many: bool = False) -> Any:
        try:
            return self._cursor.executemany(text, row) if many else self._cursor.execute(text, row)
        except sqlcipher.Error as error:
            raise wrapped(error, text) from error

    def _result(self, cursor: Any, metadata: SimpleResultMetaData | None, changed: int) -> QuickResult:
        if cursor.description is None:
            return QuickResult(NO_COLUMNS, iter(()), changed)
        # A statement that was written as text says only now what its columns are.
        metadata = metadata or SimpleResultMetaData([name for name, *_ in cursor.description])
        return QuickResult(metadata, iter(cursor.fetchall()), changed)

    @contextmanager
    def begin(self) -> Iterator[None]:
        self._run("BEGIN IMMEDIATE" if self._writes else "BEGIN", ())
        with ended(self._raw):
            yield

    @contextmanager
    def begin_nested(self) -> Iterator[None]:
        self._savepoints += 1
        name = f"quick_{self._savepoints}"
        self._run(f"SAVEPOINT {name}", ())
        try:
            yield
        except Exception:
            self._run(f"ROLLBACK TO {name}", ())
            raise
        self._run(f"RELEASE {name}", ())


class QuickEngine:
    """Stands for ``sqlalchemy.Engine`` over the one connection to a disk.

    ``begins`` says that the first statement begins a transaction, as on the server; the counter says BEGIN.
    """

    def __init__(self, library: Library, raw: Any, *, begins: bool) -> None:
        self._library = library
        self._raw = raw
        self._begins = begins
        self.dialect = library.dialect
        self.pool = None
        self.name = library.dialect.name

    @contextmanager
    def connect(self) -> Iterator[QuickConnection]:
        try:
            yield QuickConnection(self._library, self._raw, begins=self._begins)
        finally:
            if self._raw.in_transaction:
                self._raw.rollback()

    @contextmanager
    def begin(self) -> Iterator[QuickConnection]:
        with ended(self._raw):
            yield QuickConnection(self._library, self._raw, begins=self._begins)

    def dispose(self) -> None:
        self._raw.close()


@contextmanager
def ended(raw: Any) -> Iterator[None]:
    """Commit what the block did, or take it back when it raises; the power alone may fail without either."""
    try:
        yield
    except Exception:
        if raw.in_transaction:
            raw.rollback()
        raise
    try:
        raw.commit()
    except sqlcipher.Error as error:
        raw.rollback()
        raise wrapped(error, "COMMIT") from error


def wrapped(error: Exception, text: str) -> Exception:
    """Return the error as SQLAlchemy gives it on."""
    made: Exception = DBAPIError.instance(text, None, error, sqlcipher.Error, hide_parameters=True)  # type: ignore[assignment]
    return made
