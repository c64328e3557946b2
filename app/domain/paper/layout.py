"""A document becomes lines of a given number of columns: the same lines for printer, preview and plain text."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.paper.blocks import (
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
from app.domain.paper.code128 import modules_a_column
from app.domain.paper.errors import TooWide
from app.domain.paper.width import longest_word, text_width, wrap

PARAGRAPH_INDENT = 4
OWN_LINE_INDENT = 2
MIN_SIGNING_ROOM = 10
DATE_LINE = "______年____月____日"
BARCODE_BOX = ("+------------+", "|   条形码   |", "+------------+")
CODE_BOX = ("+------------+", "|   二维码   |", "+------------+")


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text behind ``indent`` blank columns; ``wide`` and ``tall`` double its characters."""

    text: str
    indent: int = 0
    wide: bool = False
    tall: bool = False

    @property
    def columns(self) -> int:
        """Columns the line takes, indent included."""
        return self.indent + text_width(self.text) * (2 if self.wide else 1)


@dataclass(frozen=True, slots=True)
class CodesLine:
    """One QR code, or two side by side, centred."""

    payloads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BarcodeLine:
    """A CODE128 barcode, centred, its bars so wide that a column holds so many modules."""

    text: str
    modules_a_column: int


Line = TextLine | CodesLine | BarcodeLine


def lay_out(document: Document, columns: int, reprint: int = 0) -> list[Line]:
    """Lay a document out on paper of so many half-width columns (48 or 32).

    Raises:
        TooWide: a title that does not fit even in normal width, or a barcode even with fine bars; names its field.
    """
    blocks = (Right(f"补打 {reprint}"), *document.blocks) if reprint else document.blocks
    lines: list[Line] = []
    for block in blocks:
        lines.extend(lines_of(block, columns))
    return lines


def as_text(lines: list[Line], columns: int) -> str:
    """Return the lines as plain text, double-size titles in normal size and codes as boxes."""
    return "".join(f"{text.rstrip()}\n" for line in lines for text in _plain(line, columns))


def _plain(line: Line, columns: int) -> Iterator[str]:
    if isinstance(line, CodesLine):
        boxes = ["  ".join([row] * len(line.payloads)) for row in CODE_BOX]
        yield from (_centre(box, columns) for box in boxes)
    elif isinstance(line, BarcodeLine):
        yield from (_centre(row, columns) for row in BARCODE_BOX)
    elif line.wide:
        yield _centre(line.text, columns)
    else:
        yield " " * line.indent + line.text


def _centre(text: str, columns: int) -> str:
    return " " * ((columns - text_width(text)) // 2) + text


def lines_of(block: Block, columns: int) -> Iterator[Line]:  # noqa: C901, PLR0912 - one case for each kind of block
    """Lay one block out on paper of so many columns; raises TooWide like ``lay_out``."""
    match block:
        case Title():
            yield _title(block, columns)
        case Centred(text):
            yield from _centred(text, columns)
        case Right(text):
            yield from _right(text, columns)
        case Rule(mark):
            yield TextLine(mark * columns)
        case KeyValue(label, value):
            yield from _hanging(f"{label}：", value, columns)
        case LeftRight(left, right):
            yield from _left_right(left, right, columns)
        case Paragraph(text):
            yield from _wrapped(text, columns, first=PARAGRAPH_INDENT)
        case Wrapped(text):
            yield from _wrapped(text, columns)
        case Hanging(label, text):
            yield from _hanging(f"{label:<2} ", text, columns)
        case Codes(payloads, caption):
            yield CodesLine(payloads)
            yield from _centred(caption, columns)
        case Barcode(text):
            yield _barcode(block, columns)
            yield from _centred(text, columns)
        case Seal(organ, note):
            yield TextLine("")
            yield from _right(organ, columns)
            yield from _right(note, columns)
        case Signature(label):
            yield TextLine("")
            yield from _signature(label, columns)


def _title(title: Title, columns: int) -> TextLine:
    """Double size where it fits, else double height only."""
    width = text_width(title.text)
    if 2 * width <= columns:
        return TextLine(title.text, (columns - 2 * width) // 2, wide=True, tall=True)
    if width <= columns:
        return TextLine(title.text, (columns - width) // 2, tall=True)
    raise TooWide(title.field or title.text)


def _barcode(barcode: Barcode, columns: int) -> BarcodeLine:
    """The widest bars that fit; bars are never cut."""
    fine = modules_a_column(barcode.text, columns)
    if fine is None:
        raise TooWide(barcode.field or barcode.text)
    return BarcodeLine(barcode.text, fine)


def _centred(text: str, columns: int) -> Iterator[TextLine]:
    for line in wrap(text, columns):
        yield TextLine(line, (columns - text_width(line)) // 2)


def _right(text: str, columns: int) -> Iterator[TextLine]:
    for line in wrap(text, columns):
        yield TextLine(line, columns - text_width(line))


def _wrapped(text: str, columns: int, first: int = 0, rest: int = 0) -> Iterator[TextLine]:
    for line in wrap(text, columns, first, rest):
        words = line.lstrip(" ")
        yield TextLine(words, len(line) - len(words))


def _hanging(label: str, text: str, columns: int) -> Iterator[TextLine]:
    """Put the label before the first line; the others stand below the text, or at most a half of the paper in.

    A number that would be cut behind the label but fits on a line of its own gets one.
    """
    rest = min(text_width(label), columns // 2)
    if not label.strip():
        yield from _wrapped(text, columns, rest, rest)
    elif columns - rest < longest_word(text) <= columns - OWN_LINE_INDENT:
        yield TextLine(label.rstrip())
        yield from _wrapped(text, columns, OWN_LINE_INDENT, OWN_LINE_INDENT)
    else:
        yield from _wrapped(label + text, columns, rest=rest)


def _left_right(left: str, right: str, columns: int) -> Iterator[TextLine]:
    left, right = left.rstrip(), right.strip()
    gap = columns - text_width(left) - text_width(right)
    if right and gap >= 1:
        yield TextLine(left + " " * gap + right)
        return
    for text in filter(None, (left, right)):
        yield from _wrapped(text, columns)


def _signature(label: str, columns: int) -> Iterator[TextLine]:
    lines = wrap(f"{label}：", columns - MIN_SIGNING_ROOM)
    yield from map(TextLine, lines[:-1])
    yield TextLine(lines[-1] + "_" * (columns - text_width(lines[-1])))
    yield from _right(DATE_LINE, columns)
