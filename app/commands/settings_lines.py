"""In which line of a settings file something stands, so that whoever wrote it finds it at once."""

import re
import tomllib
from typing import Final

from app.storage.messages import text

_AT: Final = re.compile(r"\s*\((?:at line (\d+), column (\d+)|at end of document)\)$")
_KINDS: Final = {
    "Invalid value": "toml_bad_value",
    "Expected '='": "toml_no_equals",
    "Cannot overwrite": "toml_twice",
    "Cannot declare": "toml_twice",
    "Cannot mutate": "toml_twice",
    "Unterminated string": "toml_open_quote",
    "Illegal character": "toml_open_quote",
    "Expected newline or end of document": "toml_too_much",
    "Expected ']": "toml_open_bracket",
    "Unclosed array": "toml_open_bracket",
    "Unescaped '\\'": "toml_backslash",
    "Invalid hex value": "toml_backslash",
    "Unbalanced": "toml_open_bracket",
}
"""How tomllib begins its sentence, and the code of ours."""


def place_of_error(error: tomllib.TOMLDecodeError | UnicodeDecodeError, content: str = "") -> str:
    """Return line, column and kind of a mistake in a file that is no TOML, or no UTF-8."""
    if isinstance(error, UnicodeDecodeError):
        line = error.object[: error.start].count(b"\n") + 1
        return text("toml_at_line", line=line, what=text("toml_not_utf8"))
    said = str(error)
    found = _AT.search(said)
    what = text(next((code for start, code in _KINDS.items() if said.startswith(start)), "toml_bad_line"))
    if found is not None and found[1]:
        return text("toml_at", line=found[1], column=found[2], what=what)
    return text("toml_at_line", line=len(content.splitlines()) or 1, what=what)


def with_line(content: str, place: str) -> str:
    """Return ``place`` (``table.key: allowed values``, ``[table]``) with the line it stands in, where it does."""
    line = line_of(content, place)
    return place if line is None else text("toml_place", place=place, line=line)


def line_of(content: str, place: str) -> int | None:
    """Return the line, from 1, in which the value of ``table.key`` begins, or its table where the key is missing.

    TOML's own reader is asked with one line more each time: a value, also one over several lines, stands where it is
    first there. None where neither the key nor its table is in the file.
    """
    path = place.partition(":")[0].partition(",")[0].strip().strip("[]").split(".")
    lines = content.splitlines(keepends=True)
    for wanted in (path, path[:-1]):
        if wanted and (line := _first_with(lines, wanted)) is not None:
            return line
    return None


def _first_with(lines: list[str], path: list[str]) -> int | None:
    after_whole = 0
    for count in range(1, len(lines) + 1):
        try:
            document = tomllib.loads("".join(lines[:count]))
        except tomllib.TOMLDecodeError:
            continue
        if _has(document, path):
            return _past_blanks(lines, after_whole)
        after_whole = count
    return None


def _has(document: object, path: list[str]) -> bool:
    for key in path:
        if not isinstance(document, dict) or key not in document:
            return False
        document = document[key]
    return True


def _past_blanks(lines: list[str], after: int) -> int:
    """Return the number of the first line behind ``after`` that says something."""
    said = (number for number, line in enumerate(lines, 1) if number > after and line.strip()[:1] not in ("", "#"))
    return next(said, after + 1)
