"""Template and fields become a document; nothing that should be printed may be missing, nothing else may creep in."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from app.domain.paper.blocks import (
    MAX_PAYLOAD,
    Barcode,
    Block,
    Centred,
    Codes,
    Document,
    Hanging,
    KeyValue,
    LeftRight,
    Paragraph,
    Right,
    Rule,
    Seal,
    Signature,
    Title,
    Wrapped,
)
from app.domain.paper.code128 import MAX_MODULES, is_encodable, modules
from app.domain.paper.errors import MissingField, TooWide, UnknownField, Unprintable, WrongType
from app.domain.paper.markup import Each, If, Instruction, Put, Ref, Template, Text
from app.domain.paper.width import is_printable, text_width

Row = Mapping[str, object]

MAX_VALUE = 1_000
MAX_ROWS = 100
NARROWEST_PAPER = 32
"""Columns of 58 mm paper."""

_BLOCKS: Mapping[str, Callable[..., Block]] = {
    "C": Centred,
    "R": Right,
    "K": KeyValue,
    "LR": LeftRight,
    "P": Paragraph,
    "W": Wrapped,
    "N": Hanging,
    "SEAL": Seal,
    "SIG": Signature,
}


def fill(template: Template, fields: Mapping[str, object]) -> Document:
    """Fill a template.

    A field is text, an integer, a flag (for ``#IF`` only) or a list of rows; a row maps columns to text or integers.

    Raises:
        MissingField: a printed field is absent or empty.
        UnknownField: a field the template does not know.
        WrongType: a field of another shape than its place needs.
        Unprintable: a field with a control or formatting character, or a barcode's with one that is not ASCII.
        TooWide: a title or a barcode wider than 58 mm paper, a QR code whose payload is not ASCII or longer than
            MAX_PAYLOAD, or a text or list too long for any slip. What fills can be printed: nothing of the kind shows
            up after the act.
    """
    for name in fields:
        if name not in template.fields:
            raise UnknownField(name)
    return Document(template.name, tuple(_blocks(template.body, fields, None, "")))


def _blocks(body: tuple[Instruction, ...], fields: Row, row: Row | None, row_name: str) -> Iterator[Block]:
    for instruction in body:
        if isinstance(instruction, If):
            if bool(fields.get(instruction.field)) is not instruction.negated:
                yield from _blocks(instruction.body, fields, row, row_name)
        elif isinstance(instruction, Each):
            for number, each in enumerate(_rows(fields, instruction.field), start=1):
                yield from _blocks(instruction.body, fields, each, f"{instruction.field}[{number}]")
        else:
            yield _block(instruction, fields, row, row_name)


def _block(put: Put, fields: Row, row: Row | None, row_name: str) -> Block:
    def value(ref: Ref) -> str:
        if ref.of_row:
            assert row is not None, "the parser allows columns inside #EACH only"
            return _value(row, ref.name, f"{row_name}.{ref.name}")
        return _value(fields, ref.name, ref.name)

    def text(part: Text) -> str:
        return "".join(value(segment) if isinstance(segment, Ref) else segment for segment in part)

    texts = [text(part) for part in put.parts]
    match put.kind:
        case "-" | "=":
            return Rule(put.kind)
        case "T":
            return _title(put, texts[0])
        case "Q" | "QQ":
            return _codes(put, texts)
        case "B":
            return _barcode(put, texts[0])
        case "N":
            return Hanging(texts[0].strip(), texts[1])
        case kind:
            return _BLOCKS[kind](*texts)


def _title(put: Put, text: str) -> Title:
    field = _first_field(put.parts[0])
    if text_width(text) > NARROWEST_PAPER:
        raise TooWide(field)
    return Title(text, field)


def _codes(put: Put, texts: list[str]) -> Codes:
    *payloads, caption = texts
    for part, payload in zip(put.parts[:-1], payloads, strict=True):
        if not payload.isascii() or len(payload) > MAX_PAYLOAD:
            raise TooWide(_first_field(part))
    return Codes(tuple(payloads), caption)


def _barcode(put: Put, text: str) -> Barcode:
    field = _first_field(put.parts[0])
    if not is_encodable(text):
        raise Unprintable(field)
    if modules(text) > MAX_MODULES:
        raise TooWide(field)
    return Barcode(text, field)


def _first_field(part: Text) -> str:
    return next((segment.name for segment in part if isinstance(segment, Ref)), "")


def _value(fields: Row, name: str, label: str) -> str:
    value = fields.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if value is None or value == "":
        raise MissingField(label)
    if not isinstance(value, str):
        raise WrongType(label)
    if not value.strip():
        raise MissingField(label)
    if not is_printable(value):
        raise Unprintable(label)
    if len(value) > MAX_VALUE:
        raise TooWide(label)
    return value


def _rows(fields: Row, name: str) -> Sequence[Row]:
    rows = fields.get(name)
    if rows is None:
        raise MissingField(name)
    if not isinstance(rows, list | tuple) or not all(isinstance(row, Mapping) for row in rows):
        raise WrongType(name)
    if not rows:
        raise MissingField(name)
    if len(rows) > MAX_ROWS:
        raise TooWide(name)
    return rows
