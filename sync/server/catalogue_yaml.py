"""Reads a catalogue file an administrator uploads: YAML bytes to a plain document in which every value knows its line.

Only the JSON part of YAML is taken. Events are read one by one, so that no tag constructs an object and no alias
multiplies; words such as ``no`` stay text.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import yaml

from app.domain.catalogue.problem import Path

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 16
MAX_NODES = 200_000
MAX_KEY = 100

_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,17}")
_WORDS: Mapping[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}


class FileFault(StrEnum):
    """Why a file cannot even be read as a document."""

    TOO_LARGE = "catalogue_too_large"
    NOT_UTF8 = "catalogue_not_utf8"
    NOT_YAML = "catalogue_not_yaml"
    NOT_ONE_DOCUMENT = "catalogue_not_one_document"
    ALIAS = "catalogue_alias"
    TAG = "catalogue_tag"
    KEY = "catalogue_key"
    DUPLICATE_KEY = "catalogue_duplicate_key"
    TOO_DEEP = "catalogue_too_deep"
    TOO_MANY_VALUES = "catalogue_too_many_values"


class CatalogueFileError(ValueError):
    """The bytes are no catalogue file; ``line`` counts from 1 and is None where no line can be named."""

    def __init__(self, fault: FileFault, line: int | None = None) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.line = line


@dataclass(frozen=True, slots=True)
class CatalogueFile:
    """A document and the line, from 1, on which each of its values stands."""

    document: Any
    lines: Mapping[Path, int]

    def line_of(self, path: Path) -> int:
        """Return the line of a value, or of what would hold it where it is missing."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read(data: bytes) -> CatalogueFile:
    """Read a catalogue file.

    Raises:
        CatalogueFileError: too large, not UTF-8, not YAML, or YAML beyond plain mappings, lists, texts and numbers.
    """
    if len(data) > MAX_BYTES:
        raise CatalogueFileError(FileFault.TOO_LARGE)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CatalogueFileError(FileFault.NOT_UTF8, data.count(b"\n", 0, error.start) + 1) from error
    try:
        return _Reader(text).read()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise CatalogueFileError(FileFault.NOT_YAML, mark.line + 1 if mark else None) from error
    except yaml.YAMLError as error:
        raise CatalogueFileError(FileFault.NOT_YAML) from error


class _Reader:
    """Follows the events of one file and notes lines as it goes."""

    def __init__(self, text: str) -> None:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=loader)
        self._lines: dict[Path, int] = {}
        self._nodes = 0

    def read(self) -> CatalogueFile:
        next(self._events)
        if not isinstance(start := next(self._events), yaml.DocumentStartEvent):
            raise CatalogueFileError(FileFault.NOT_ONE_DOCUMENT, _line(start))
        document = self._value(next(self._events), ())
        next(self._events)
        if not isinstance(end := next(self._events), yaml.StreamEndEvent):
            raise CatalogueFileError(FileFault.NOT_ONE_DOCUMENT, _line(end))
        return CatalogueFile(document, self._lines)

    def _value(self, event: yaml.Event, path: Path) -> Any:
        self._admit(event, path)
        self._lines.setdefault(path, _line(event))
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return _scalar(event)

    def _mapping(self, path: Path) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            self._admit(event, path)
            if not isinstance(event, yaml.ScalarEvent) or not 0 < len(event.value) <= MAX_KEY:
                raise CatalogueFileError(FileFault.KEY, _line(event))
            if event.value in values:
                raise CatalogueFileError(FileFault.DUPLICATE_KEY, _line(event))
            here = (*path, event.value)
            self._lines[here] = _line(event)
            values[event.value] = self._value(next(self._events), here)
        return values

    def _sequence(self, path: Path) -> list[Any]:
        values: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            values.append(self._value(event, (*path, len(values))))
        return values

    def _admit(self, event: yaml.Event, path: Path) -> None:
        self._nodes += 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise CatalogueFileError(FileFault.ALIAS, _line(event))
        if getattr(event, "tag", None) is not None:
            raise CatalogueFileError(FileFault.TAG, _line(event))
        if len(path) > MAX_DEPTH:
            raise CatalogueFileError(FileFault.TOO_DEEP, _line(event))
        if self._nodes > MAX_NODES:
            raise CatalogueFileError(FileFault.TOO_MANY_VALUES, _line(event))


def _scalar(event: yaml.Event) -> str | int | bool | None:
    assert isinstance(event, yaml.ScalarEvent)
    text: str = event.value
    if not event.implicit[0]:
        return text
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if _WHOLE.fullmatch(text) else text


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
