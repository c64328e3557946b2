"""How one model of window display is spoken to: a TOML file with its frames, checked before anything is sent."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import resources
from app.ports.window_display import Kind
from devices.display.forms import Value
from devices.display.grammar import BadLine, read_frame
from devices.display.parts import Frame

FOLDER = Path(resources.__path__[0]) / "displays"
FIELDS = ("addr", "ticket", "window", "text")
"""What the counter fills in; a template may add constants of its own in ``[values]``."""
_NAME = re.compile(r"[a-z][a-z0-9_]{0,15}")
_MAX_TIMEOUT_MS = 2_000
_MAX_RETRIES = 5


class BadTemplate(ValueError):  # noqa: N818 - what a person wrote, not a bug
    """The template cannot be used; ``fault`` is a code of the message table, ``place`` file, line and part."""

    def __init__(self, fault: str, place: str) -> None:
        super().__init__(f"{fault}: {place}")
        self.fault = fault
        self.place = place


@dataclass(frozen=True, slots=True)
class Ack:
    """What the board answers; after ``timeout_ms`` without it the frame is sent again, ``retries`` times."""

    frame: Frame
    timeout_ms: int = 200
    retries: int = 2


@dataclass(frozen=True, slots=True)
class Template:
    """One model; ``frames`` holds at least that of a call. A kind without a frame is not sent."""

    name: str
    frames: Mapping[Kind, Frame]
    values: Mapping[str, Value]
    ack: Ack | None = None


class _Key(StrEnum):
    NAME = "name"
    VALUES = "values"
    FRAMES = "frames"
    ACK = "ack"


@dataclass(frozen=True, slots=True)
class Source:
    """A template's text, to say in which line something stands."""

    name: str
    text: str

    def place(self, table: str, key: str, more: str = "") -> str:
        """Return ``file 第 n 行 key``; the line is left out where it cannot be told."""
        inside = not table
        for number, line in enumerate(self.text.splitlines(), 1):
            if line.lstrip().startswith("["):
                inside = line.strip().startswith(f"[{table}]")
            elif inside and re.match(rf'\s*"?{re.escape(key)}"?\s*=', line):
                return f"{self.name} 第 {number} 行 {key} {more}".rstrip()
        return f"{self.name} {key} {more}".rstrip()

    def bad(self, fault: str, table: str, key: str, more: str = "") -> BadTemplate:
        """Return the error."""
        return BadTemplate(fault, self.place(table, key, more))

    def frame(self, table: str, key: str, line: object, names: tuple[str, ...], *, answer: bool = False) -> Frame:
        """Return the frame of a line.

        Raises:
            BadTemplate: it cannot be read.
        """
        if not isinstance(line, str):
            raise self.bad("template_bad_value", table, key)
        try:
            return read_frame(line, names, answer=answer)
        except BadLine as error:
            part = f"第 {error.part} 段 {error.word}".rstrip() if error.part else ""
            raise self.bad(error.fault, table, key, part) from error


def read_source(path: Path) -> tuple[Source, dict[str, Any]]:
    """Return the text of a template file and what it says.

    Raises:
        BadTemplate: it cannot be read, or is no TOML (with its line).
    """
    try:
        text = path.read_text(encoding="utf-8")
        return Source(path.name, text), tomllib.loads(text)
    except OSError as error:
        raise BadTemplate("template_unreadable", str(path)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadTemplate("template_not_toml", f"{path.name}: {error}") from error


def load_template(path: Path) -> Template:
    """Return the display template in a file.

    Raises:
        BadTemplate: with file, line and part.
    """
    source, document = read_source(path)
    only(source, "", document, [each.value for each in _Key])
    values = read_values(source, table_of(source, document, _Key.VALUES))
    names = (*FIELDS, *values)
    frames = table_of(source, document, _Key.FRAMES)
    only(source, _Key.FRAMES, frames, [each.value for each in Kind])
    if Kind.CALL.value not in frames:
        raise source.bad("template_no_call", "", _Key.FRAMES)
    ack = table_of(source, document, _Key.ACK)
    return Template(
        name=str(document.get(_Key.NAME, path.stem)),
        frames={Kind(key): source.frame(_Key.FRAMES, key, line, names) for key, line in frames.items()},
        values=values,
        ack=_ack(source, ack, names) if ack else None,
    )


def shipped_or_own(name: str, folder: Path, shipped: Path = FOLDER) -> Path:
    """Return where a template lies: a name is one of the product's, what ends in .toml a file beside the settings."""
    return folder / name if name.endswith(".toml") else shipped / f"{name}.toml"


def table_of(source: Source, document: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Return a table of the document, empty where there is none.

    Raises:
        BadTemplate: it is no table.
    """
    table = document.get(key, {})
    if not isinstance(table, dict):
        raise source.bad("template_bad_value", "", key)
    return table


def only(source: Source, table: str, found: Mapping[str, Any], known: list[str]) -> None:
    """Refuse keys nobody knows.

    Raises:
        BadTemplate: there is one.
    """
    for key in found:
        if key not in known:
            raise source.bad("template_unknown_key", table, key, "、".join(known))


def read_values(source: Source, table: Mapping[str, Any]) -> dict[str, Value]:
    """Return the constants that a template adds to the fields.

    Raises:
        BadTemplate: a name that is taken or none, or a value that is neither number nor text.
    """
    for key, value in table.items():
        if not _NAME.fullmatch(key) or key in FIELDS or not isinstance(value, int | str) or isinstance(value, bool):
            raise source.bad("template_bad_value", _Key.VALUES, key)
    return dict(table)


def _ack(source: Source, table: Mapping[str, Any], names: tuple[str, ...]) -> Ack:
    only(source, _Key.ACK, table, ["answer", "timeout_ms", "retries"])
    return Ack(
        source.frame(_Key.ACK, "answer", table.get("answer"), names, answer=True),
        _count(source, table, "timeout_ms", 200, _MAX_TIMEOUT_MS),
        _count(source, table, "retries", 2, _MAX_RETRIES),
    )


def _count(source: Source, table: Mapping[str, Any], key: str, default: int, most: int) -> int:
    value = table.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise source.bad("template_bad_value", _Key.ACK, key, f"0…{most}")
    return value
