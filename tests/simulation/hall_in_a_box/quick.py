"""SQLAlchemy's engine without its weight: the statements of the production code, compiled once, straight to SQLite.

It stands under the real stores of both ends in the fast form of the simulation, and knows what they use of an engine
and no more: ``tests/contract`` holds it to what the real one does. Types, parameters and rows are SQLAlchemy's own.
"""

import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher  # type: ignore[import-untyped] # it has no stubs
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine.result import IteratorResult, SimpleResultMetaData
from sqlalchemy.exc import DBAPIError, StatementError

Values = Mapping[str, Any]
Prepare = Any


NO_OPTIONS: Values = {}
NO_COLUMNS = SimpleResultMetaData([])


class QuickResult(IteratorResult[Any]):
    """What came of a statement; ``rowcount`` is how many rows it changed."""

    def __init__(self, metadata: Any, rows: Iterator[Any], rowcount: int) -> None:
        super().__init__(metadata, rows)
        self.rowcount = rowcount


@dataclass(frozen=True, slots=True)
class Place:
    """One ``?`` of a statement: the name under which its value is given, or the value that stands there anyway."""

    given: str | None
    fixed: Any
    inward: Callable[[Any], Any] | None
    of_list: int | None = None
    """Which one of the values, where a list is given."""

    def value(self, given: Values) -> Any:
        """Return what SQLite is handed."""
        value = self.fixed if self.given is None else given[self.given]
        if self.of_list is not None:
            value = value[self.of_list]
        return value if self.inward is None else self.inward(value)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A compiled statement; ``plain`` are the names in order where values need nothing done to them."""

    sql: str
    places: tuple[Place, ...]
    plain: tuple[str, ...] | None
    metadata: SimpleResultMetaData | None

    def bind(self, given: Values) -> list[Any]:
        """Return the values by position."""
        if self.plain is not None:
            return [given[name] for name in self.plain]
        return [place.value(given) for place in self.places]


class Library:
    """What was compiled so far, shared by all engines of one kind: by the statement itself, or by its structure."""

    def __init__(self) -> None:
        self.dialect = SQLiteDialect_pysqlite(dbapi=sqlcipher)  # type: ignore[no-untyped-call]
        self._structures: dict[Any, Any] = {}
        self._columns: dict[Any, SimpleResultMetaData | None] = {}
        self._known: dict[int, tuple[Any, dict[Any, Prepared]]] = {}

    def prepared(self, statement: Any, given: Values) -> Prepared | None:
        """Return a statement that is used again and again, ready to run with these names; None where it is new.

        ``x IN (...)`` has as many places as there are values, so lists of another length make another statement.
        """
        mark = id(statement)
        held = self._known.get(mark)
        if held is None:
            self._known[mark] = (weakref.ref(statement, lambda _gone: self._known.pop(mark, None)), {})
            return None
        shape = tuple((name, len(value)) if type(value) is list else name for name, value in given.items())
        if shape not in held[1]:
            held[1][shape] = self._prepare(statement, given)
        return held[1][shape]

    def compiled(self, statement: Any, keys: Sequence[str]) -> tuple[Any, Any]:
        """Return what SQLAlchemy compiles of a statement, and the values that stand in it."""
        compiled, extracted, collected, _ = statement._compile_w_cache(
            self.dialect, compiled_cache=self._structures, column_keys=keys
        )
        assert not collected, "no statement carries values of its own"
        return compiled, extracted

    def metadata(self, compiled: Any) -> SimpleResultMetaData | None:
        """Return how a result is read, looked up once a structure."""
        if compiled not in self._columns:
            self._columns[compiled] = metadata_of(compiled, self.dialect)
        return self._columns[compiled]

    def _prepare(self, statement: Any, given: Values) -> Prepared:
        compiled = statement.compile(dialect=self.dialect, column_keys=tuple(given) or None)
        text, names, inward, expanded = str(compiled), compiled.positiontup, compiled._bind_processors, {}
        if compiled.post_compile_params or compiled.literal_execute_params:
            whole = compiled._process_parameters_for_postcompile(compiled.construct_params(given))
            text, names, inward = whole.statement, whole.positiontup, {**inward, **whole.processors}
            lists = whole.parameter_expansion.items()
            expanded = {one: (name, n) for name, each in lists for n, one in enumerate(each)}
        places = []
        for name in names:
            of, n = expanded.get(name, (name, None))
            parameter = compiled.binds[of]
            key = next((each for each in (parameter.key, of) if each in given), None)
            assert key is not None or not parameter.required, f"{name} is given"
            fixed = None if parameter.required else parameter.effective_value
            places.append(Place(key, list(fixed) if n is not None and fixed else fixed, inward.get(name), n))
        plain = tuple(each.given for each in places if each.given and each.inward is None and each.of_list is None)
        return Prepared(text, tuple(places), plain if len(plain) == len(places) else None, self.metadata(compiled))


def metadata_of(compiled: Any, dialect: Any) -> SimpleResultMetaData | None:
    """Return how a result is read: the names of its columns and what makes Python values of SQLite's."""
    columns = compiled._result_columns
    if not columns:
        return None
    outward = [each.type._cached_result_processor(dialect, None) for each in columns]
    return SimpleResultMetaData([each.keyname for each in columns], _processors=outward if any(outward) else None)


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
        assert not set(execution_options) - {"preserve_rowcount"}, "every result keeps its count"
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
