"""The shapes an untrusted document is held against: type, size and keys, before any rule looks at its meaning."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from app.domain.catalogue.problem import GateCode, Path, Problem, problem


class Shape(Protocol):
    """What a value must look like; a shape is never deeper than it is written, so no document can recurse."""

    def faults(self, value: object, path: Path) -> Iterator[Problem]:
        """Yield what is wrong with the value."""
        ...


@dataclass(frozen=True, slots=True)
class Text:
    """A text of 1 to ``limit`` characters (0 if ``blank``), wholly matching ``pattern``; ``lines``: of several."""

    limit: int = 200
    blank: bool = False
    pattern: str | None = None
    lines: bool = False

    def faults(self, value: object, path: Path) -> Iterator[Problem]:
        """Yield what is wrong with the value."""
        if not isinstance(value, str):
            yield problem(path, GateCode.WRONG_TYPE, expected="text")
        elif not value.strip():
            if not self.blank:
                yield problem(path, GateCode.EMPTY)
        elif len(value) > self.limit:
            yield problem(path, GateCode.TOO_LONG, limit=self.limit, actual=len(value))
        elif (self.pattern is not None and not re.fullmatch(self.pattern, value)) or not self._printable(value):
            yield problem(path, GateCode.BAD_FORMAT, value=value)

    def _printable(self, value: str) -> bool:
        return (value.replace("\n", "") if self.lines else value).isprintable()


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within bounds, or null where ``nullable``."""

    low: int
    high: int
    nullable: bool = False

    def faults(self, value: object, path: Path) -> Iterator[Problem]:
        """Yield what is wrong with the value."""
        if value is None and self.nullable:
            return
        if not isinstance(value, int) or isinstance(value, bool):
            yield problem(path, GateCode.WRONG_TYPE, expected="whole number")
        elif not self.low <= value <= self.high:
            yield problem(path, GateCode.OUT_OF_RANGE, low=self.low, high=self.high)


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false; ``only`` demands one of them."""

    only: bool | None = None

    def faults(self, value: object, path: Path) -> Iterator[Problem]:
        """Yield what is wrong with the value."""
        if not isinstance(value, bool):
            yield problem(path, GateCode.WRONG_TYPE, expected="true or false")
        elif self.only is not None and value is not self.only:
            yield problem(path, GateCode.NOT_A_CHOICE, value=value)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a closed list of texts."""

    options: tuple[str, ...]

    def faults(self, value: object, path: Path) -> Iterator[Problem]:
        """Yield what is wrong with the value."""
        if not isinstance(value, str):
            yield problem(path, GateCode.WRONG_TYPE, expected="text")
        elif value not in self.options:
            yield problem(path, GateCode.NOT_A_CHOICE, value=value)


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of values of one shape."""

    of: Shape
    limit: int
    least: int = 0

    def faults(self, value: object, path: Path) -> Iterator[Problem]:
        """Yield what is wrong with the value."""
        if not isinstance(value, list | tuple):
            yield problem(path, GateCode.WRONG_TYPE, expected="list")
        elif len(value) > self.limit:
            yield problem(path, GateCode.TOO_MANY, limit=self.limit, actual=len(value))
        elif len(value) < self.least:
            yield problem(path, GateCode.EMPTY)
        else:
            for n, each in enumerate(value):
                yield from self.of.faults(each, (*path, n))


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping from names of one pattern to values of one shape."""

    of: Shape
    limit: int
    key: str
    least: int = 0

    def faults(self, value: object, path: Path) -> Iterator[Problem]:
        """Yield what is wrong with the value."""
        if not isinstance(value, Mapping):
            yield problem(path, GateCode.WRONG_TYPE, expected="mapping")
        elif len(value) > self.limit:
            yield problem(path, GateCode.TOO_MANY, limit=self.limit, actual=len(value))
        elif len(value) < self.least:
            yield problem(path, GateCode.EMPTY)
        else:
            for key, each in value.items():
                if isinstance(key, str) and re.fullmatch(self.key, key):
                    yield from self.of.faults(each, (*path, key))
                else:
                    yield problem(path, GateCode.UNKNOWN_KEY, key=key)


@dataclass(frozen=True, slots=True)
class Disclosed:
    """A part of the service guide that law and the centre's rules want shown (domain rule I11), by its Chinese name."""

    of: Shape
    name: str

    def faults(self, value: object, path: Path) -> Iterator[Problem]:
        """Yield what is wrong with the value."""
        if value in (None, "", [], (), {}):
            yield problem(path, GateCode.GUIDE_INCOMPLETE, field=self.name)
        else:
            yield from self.of.faults(value, path)


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with known keys; an unknown key is refused, never ignored."""

    required: Mapping[str, Shape]
    optional: Mapping[str, Shape] = field(default_factory=dict)

    def faults(self, value: object, path: Path) -> Iterator[Problem]:
        """Yield what is wrong with the value."""
        if not isinstance(value, Mapping):
            yield problem(path, GateCode.WRONG_TYPE, expected="mapping")
            return
        for key, shape in self.required.items():
            if key not in value:
                if isinstance(shape, Disclosed):
                    yield problem((*path, key), GateCode.GUIDE_INCOMPLETE, field=shape.name)
                else:
                    yield problem((*path, key), GateCode.KEY_MISSING, field=key)
        known = {**self.optional, **self.required}
        for key, each in value.items():
            if key in known:
                yield from known[key].faults(each, (*path, key))
            else:
                yield problem((*path, str(key)[:40]), GateCode.UNKNOWN_KEY, key=key)
