"""The statements of the production code as SQLite takes them: each is compiled once, and bound by position."""

import weakref
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher  # type: ignore[import-untyped] # it has no stubs
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine.result import SimpleResultMetaData

Values = Mapping[str, Any]


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


@dataclass(frozen=True, slots=True)
class Shapes:
    """A statement with values of certain names: under which of them lists are given, and by their lengths the rest."""

    lists: tuple[str, ...]
    prepared: dict[tuple[int, ...], Prepared]


class Library:
    """What was compiled so far, shared by all engines of one kind: by the statement itself, or by its structure."""

    def __init__(self) -> None:
        self.dialect = SQLiteDialect_pysqlite(dbapi=sqlcipher)  # type: ignore[no-untyped-call]
        self._structures: dict[Any, Any] = {}
        self._columns: dict[Any, SimpleResultMetaData | None] = {}
        self._known: dict[int, tuple[Any, dict[tuple[str, ...], Shapes]]] = {}

    def prepared(self, statement: Any, given: Values) -> Prepared | None:
        """Return a statement that is used again and again, ready to run with these names; None where it is new.

        ``x IN (...)`` has as many places as there are values, so lists of another length make another statement.
        """
        mark = id(statement)
        held = self._known.get(mark)
        if held is None:
            self._known[mark] = (weakref.ref(statement, lambda _gone: self._known.pop(mark, None)), {})
            return None
        names = tuple(given)
        shapes = held[1].get(names)
        if shapes is None:
            shapes = held[1][names] = Shapes(tuple(name for name in names if type(given[name]) is list), {})
        lengths = tuple(len(given[name]) for name in shapes.lists)
        found = shapes.prepared.get(lengths)
        if found is None:
            found = shapes.prepared[lengths] = self._prepare(statement, given)
        return found

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
