"""Columns and line breaks of Chinese text on a character printer."""

import re
import unicodedata
from collections.abc import Iterator

CLOSING = "，。、；：？！）》】〕〉」』”’％…—·～,.;:?!)]}%"
"""No line starts with one of these (标点避头)."""

OPENING = "（《【〔〈「『“‘([{"
"""No line ends with one of these (标点避尾)."""

_UNPRINTABLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_ATOM = re.compile(r" +|[!-~]+|[\s\S]")


def char_width(char: str) -> int:
    """Columns of one character: 2 for Wide, Fullwidth and Ambiguous, 0 for a combining mark, else 1.

    Ambiguous ones (“ ” · — № …) take two columns on every GBK and GB 18030 printer.
    """
    if unicodedata.category(char) == "Mn":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WFA" else 1


def text_width(text: str) -> int:
    """Columns of a text."""
    return sum(map(char_width, text))


def is_printable(text: str) -> bool:
    """Whether no character would steer the printer or reorder the line."""
    return text.isprintable() or not any(unicodedata.category(char) in _UNPRINTABLE for char in text)


def longest_word(text: str) -> int:
    """Columns of the longest run of ASCII without a space, 0 where there is none."""
    return max((len(atom) for atom in _ATOM.findall(text) if "!" <= atom[0] <= "~"), default=0)


def wrap(text: str, columns: int, first: int = 0, rest: int = 0) -> list[str]:
    """Break a text into lines of at most ``columns``, the indents (in columns) included as spaces.

    A run of ASCII stays whole while it fits on a line of its own. An empty text gives one empty line.
    """
    lines: list[str] = []
    line, used, indent = " " * first, first, first
    for unit in _units(text, columns - max(first, rest)):
        width = text_width(unit)
        if used + width > columns:
            if line.strip():
                lines.append(line.rstrip())
                indent = rest
            line, used = " " * indent, indent  # spaces of the text alone are no line
            if unit.isspace():
                continue
        line += unit
        used += width
    return [*lines, line.rstrip()]


def _units(text: str, limit: int) -> Iterator[str]:
    """Yield the pieces between which a line may break, none wider than ``limit`` columns."""
    unit = ""
    for atom in _ATOM.findall(text):
        if unit and _may_break(unit, atom):
            yield from _pieces(unit, limit)
            unit = ""
        unit += atom
    yield from _pieces(unit, limit)


def _may_break(before: str, after: str) -> bool:
    if before[-1] == " " or after[0] == " ":
        return before[-1] not in OPENING
    return before[-1] not in OPENING and after[0] not in CLOSING and char_width(after[0]) > 0


def _pieces(unit: str, limit: int) -> Iterator[str]:
    """Cut a unit that no line could hold."""
    piece = ""
    for char in unit:
        if text_width(piece + char) > limit:
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece
