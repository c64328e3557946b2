"""How a value of the catalogue stands in a cell, and how a cell is read back; what cannot be said so is not written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

Cell = str | int | None
BAR = "｜"
"""Between the parts of one line of a cell."""


class CellFault(ValueError):  # noqa: N818 - told to whoever wrote the cell
    """A cell that cannot be read; ``code`` is in the table of messages."""

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.values_ = values


class Codec(Protocol):
    """One way to write a value into a cell."""

    def encode(self, value: Any) -> Cell:
        """Return what stands in the cell."""
        ...

    def decode(self, text: str) -> Any:
        """Return the value of a cell that is not blank.

        Raises:
            CellFault: it says what is wrong.
        """
        ...


@dataclass(frozen=True, slots=True)
class Plain:
    """A text as it is."""

    def encode(self, value: Any) -> Cell:
        """See ``Codec``."""
        return value if isinstance(value, str) else None

    def decode(self, text: str) -> Any:
        """See ``Codec``."""
        return text


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number."""

    def encode(self, value: Any) -> Cell:
        """See ``Codec``."""
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def decode(self, text: str) -> Any:
        """See ``Codec``."""
        if not text.isascii() or not text.isdecimal() or len(text) > len("1000000000000"):
            raise CellFault("sheet_not_whole", value=text[:40])
        return int(text)


@dataclass(frozen=True, slots=True)
class Word:
    """One of a closed list: the value by the word people write."""

    words: Mapping[Any, str]

    def encode(self, value: Any) -> Cell:
        """See ``Codec``."""
        return next((word for key, word in self.words.items() if key == value and type(key) is type(value)), None)

    def decode(self, text: str) -> Any:
        """See ``Codec``."""
        for key, word in self.words.items():
            if text == word:
                return key
        raise CellFault("sheet_unknown_word", value=text[:40], words="、".join(self.words.values()))


@dataclass(frozen=True, slots=True)
class Lines:
    """A list of texts, one a line."""

    def encode(self, value: Any) -> Cell:
        """See ``Codec``."""
        texts = isinstance(value, list) and all(isinstance(each, str) and "\n" not in each for each in value)
        return "\n".join(value) if texts else None

    def decode(self, text: str) -> Any:
        """See ``Codec``."""
        return [each.strip() for each in text.split("\n") if each.strip()]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a line: the key of the row, how it is written, and whether it may be left out."""

    key: str
    codec: Codec
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A list of rows, one a line, their parts divided by ``BAR``; ``count`` numbers them from 1.

    Keys beyond the parts are no matter of the cell: ``beyond`` tells them, by the line they belong to.
    """

    parts: tuple[Part, ...]
    count: str | None = None

    def encode(self, value: Any) -> Cell:
        """See ``Codec``."""
        lines = [self._line(row, n) for n, row in enumerate(value, start=1)] if isinstance(value, list) else [None]
        return None if None in lines or len(set(lines)) < len(lines) else "\n".join(each or "" for each in lines)

    def decode(self, text: str) -> Any:
        """See ``Codec``."""
        return [self._row(line, n) for n, line in enumerate(filter(str.strip, text.split("\n")), start=1)]

    def beyond(self, value: list[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
        """Return what the rows hold beside what stands in the cell, by line."""
        known = {each.key for each in self.parts} | {self.count}
        found = {}
        for n, row in enumerate(value, start=1):
            rest = {key: each for key, each in row.items() if key not in known}
            if rest:
                found[self._line(row, n) or ""] = rest
        return found

    def joined(self, rows: list[dict[str, Any]], beyond: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Return the rows of a cell with what belongs to the lines that are still there."""
        return [{**row, **beyond.get(self._line(row, n) or "", {})} for n, row in enumerate(rows, start=1)]

    def _line(self, row: Any, n: int) -> str | None:
        if not isinstance(row, Mapping) or (self.count is not None and row.get(self.count) != n):
            return None
        texts: list[str] = []
        for part in self.parts:
            cell = part.codec.encode(row[part.key]) if part.key in row else ""
            text = None if cell is None or (part.key not in row and not part.optional) else str(cell)
            if text is None or BAR in text or "\n" in text or (part.optional and part.key in row and not text):
                return None
            texts.append(text)
        return BAR.join(texts).rstrip(BAR) or None

    def _row(self, line: str, n: int) -> dict[str, Any]:
        texts = [each.strip() for each in line.replace("|", BAR).split(BAR)]
        if len(texts) > len(self.parts):
            raise CellFault("sheet_line_parts", line=line[:40], most=len(self.parts))
        row: dict[str, Any] = {} if self.count is None else {self.count: n}
        for part, text in zip(self.parts, [*texts, *[""] * (len(self.parts) - len(texts))], strict=True):
            if text or not part.optional:
                row[part.key] = part.codec.decode(text)
        return row
