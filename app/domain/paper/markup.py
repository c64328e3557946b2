"""The mini-markup in which slip templates are written: one instruction a line, no expressions.

``#T`` title · ``#C`` centred · ``#R`` right · ``#-`` ``#=`` rule · ``#K label|value`` · ``#LR left|right`` ·
``#P`` paragraph · ``#W`` wrapped · ``#N label|text`` hanging · ``#Q payload|caption`` one QR code ·
``#QQ payload|payload|caption`` two side by side · ``#B text`` CODE128 over its text ·
``#SEAL organ|note`` · ``#SIG label`` ·
``#IF field`` / ``#IFNOT field`` … ``#END`` · ``#EACH list`` … ``#END`` with ``{it.column}`` inside.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.domain.paper.errors import MarkupError

PARTS: Mapping[str, int] = {
    "T": 1,
    "C": 1,
    "R": 1,
    "-": 0,
    "=": 0,
    "K": 2,
    "LR": 2,
    "P": 1,
    "W": 1,
    "N": 2,
    "Q": 2,
    "QQ": 3,
    "B": 1,
    "SEAL": 2,
    "SIG": 1,
}
"""How many parts, divided by ``|``, each printing instruction takes."""

_LINE = re.compile(r"#([A-Z]+|-|=)(?: (.*))?")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_FIELD = re.compile(r"\{((?:it\.)?[a-z][a-z0-9_]*)\}")


@dataclass(frozen=True, slots=True)
class Ref:
    """A place where a field is printed; ``of_row`` means a column of the row of the enclosing ``#EACH``."""

    name: str
    of_row: bool


Text = tuple[str | Ref, ...]


@dataclass(frozen=True, slots=True)
class Put:
    """Print one block."""

    kind: str
    parts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class If:
    """Do the body when the field is there and not empty, or the other way round."""

    field: str
    negated: bool
    body: tuple["Instruction", ...]


@dataclass(frozen=True, slots=True)
class Each:
    """Do the body for every row of a list."""

    field: str
    body: tuple["Instruction", ...]


Instruction = Put | If | Each


@dataclass(frozen=True, slots=True)
class Template:
    """A parsed slip template; ``fields`` are all names it mentions."""

    name: str
    body: tuple[Instruction, ...]
    fields: frozenset[str]


def parse(text: str, name: str) -> Template:
    """Parse template text.

    Raises:
        MarkupError: with ``name:line`` of the instruction that is wrong.
    """
    lines = enumerate(text.splitlines(), start=1)
    body = _body(lines, name, opened_at=0, in_each=False)
    return Template(name, body, frozenset(_mentioned(body)))


def _body(lines: Iterator[tuple[int, str]], name: str, *, opened_at: int, in_each: bool) -> tuple[Instruction, ...]:
    """Read instructions up to the ``#END`` of the block opened at that line, or to the end of the text (line 0)."""
    found: list[Instruction] = []
    for number, line in lines:
        if not line.strip():
            continue
        where = f"{name}:{number}"
        match = _LINE.fullmatch(line)
        if match is None:
            raise MarkupError(where)
        word, rest = match[1], match[2] or ""
        if word == "END":
            if not opened_at or rest:
                raise MarkupError(where)
            return tuple(found)
        if word in {"IF", "IFNOT", "EACH"}:
            if not _NAME.fullmatch(rest) or (word == "EACH" and in_each):
                raise MarkupError(where)
            body = _body(lines, name, opened_at=number, in_each=in_each or word == "EACH")
            found.append(Each(rest, body) if word == "EACH" else If(rest, word == "IFNOT", body))
        else:
            found.append(_put(word, rest, where, in_each=in_each))
    if opened_at:
        raise MarkupError(f"{name}:{opened_at}")
    return tuple(found)


def _put(word: str, rest: str, where: str, *, in_each: bool) -> Put:
    parts = rest.split("|") if rest else []
    if PARTS.get(word) != len(parts):
        raise MarkupError(where)
    return Put(word, tuple(_text(part, where, in_each=in_each) for part in parts))


def _text(part: str, where: str, *, in_each: bool) -> Text:
    segments: list[str | Ref] = []
    # re.split with one group gives literal, name, literal, name, …, literal.
    for index, piece in enumerate(_FIELD.split(part)):
        if index % 2:
            of_row = piece.startswith("it.")
            if of_row and not in_each:
                raise MarkupError(where)
            segments.append(Ref(piece.removeprefix("it."), of_row))
        elif "{" in piece or "}" in piece:
            raise MarkupError(where)
        elif piece:
            segments.append(piece)
    return tuple(segments)


def _mentioned(body: tuple[Instruction, ...]) -> Iterator[str]:
    for instruction in body:
        if isinstance(instruction, Put):
            yield from (
                segment.name
                for part in instruction.parts
                for segment in part
                if isinstance(segment, Ref) and not segment.of_row
            )
        else:
            yield instruction.field
            yield from _mentioned(instruction.body)
