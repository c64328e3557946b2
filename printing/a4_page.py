"""A document laid out on A4 pages, once for the PDF and its picture on the screen: places, fonts, rules and codes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]  # reportlab ships no types
from reportlab.pdfbase.pdfmetrics import stringWidth  # type: ignore[import-untyped]  # reportlab ships no types

from app.domain.paper.blocks import Barcode, Block, Centred, Codes, Document, Right, Rule, Seal, Title
from app.domain.paper.layout import BarcodeLine, TextLine, lines_of
from app.domain.paper.width import text_width
from printing.barcodes import bar_row
from printing.codes import code_raster
from printing.fonts import PDF_CHAIN, Face, face_for
from printing.pdf_fonts import register

COLUMNS = 66
SIZE = 13.0
LEADINGS = (23.0, 20.0, 18.0)
"""Closer lines are tried before a second page."""
TITLE_SIZE, HEAD_SIZE = 22.0, 28.0
TOP, BOTTOM, SEAL_ROOM = 72.0, 56.0, 48.0
CODE_HEIGHT, BAR_HEIGHT = 70.0, 24.0
"""All sizes in points."""
KEPT_BLOCKS, KEPT_LINES = 2, 9
"""A seal never stands on a page without text: two blocks before it move with it, nine lines with date and signature."""

WIDTH, HEIGHT = A4

_WORDS = re.compile(r"\S+(?: \S+)*")
"""A stretch of text without a gap of two spaces or more."""
_COLUMN = SIZE / 2
_LEFT = (WIDTH - COLUMNS * _COLUMN) / 2
_RIGHT = WIDTH - _LEFT


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one font, ``offset`` columns behind the beginning of their line."""

    offset: float
    face: Face
    text: str


@dataclass(frozen=True, slots=True)
class Writing:
    """One line of text: its baseline's beginning and its size in points from the lower left corner of the page."""

    x: float
    y: float
    size: float
    runs: tuple[Run, ...]
    red: bool = False


@dataclass(frozen=True, slots=True)
class Stroke:
    """A rule from ``left`` to ``right``."""

    left: float
    right: float
    y: float
    thickness: float
    red: bool = False


@dataclass(frozen=True, slots=True)
class Dots:
    """A black stretch of a code: lower left corner, width and height."""

    x: float
    y: float
    width: float
    height: float


Mark = Writing | Stroke | Dots
Page = tuple[Mark, ...]


def pages_of(document: Document, reprint: int = 0) -> tuple[Page, ...]:
    """Return the pages; call it from one thread at a time.

    Raises:
        TooWide: a barcode that no slip paper would hold either.
        FontMissing: a font of the chain is not installed.
    """
    sheets = (_filled(document, reprint, leading) for leading in LEADINGS)
    widest = next(sheets)
    if len(widest) == 1:
        return widest
    return next((pages for pages in sheets if len(pages) == 1), widest)


def width_of(face: Face, text: str, size: float) -> float:
    """Return the width of a text in points, as the font's own figures say."""
    width: float = stringWidth(text, register(face), size)
    return width


def _filled(document: Document, reprint: int, leading: float) -> tuple[Page, ...]:
    sheet = _Sheet(leading)
    if reprint:
        sheet.put(Right(f"补打 {reprint}"))
    seals = [(at, block.organ) for at, block in enumerate(document.blocks) if isinstance(block, Seal)]
    for _, organ in seals[:1]:
        sheet.head(organ)
    for at, block in enumerate(document.blocks):
        if any(at == seal - KEPT_BLOCKS for seal, _ in seals):
            sheet.keep_with_seal()
        sheet.put(block)
    return sheet.finish()


class _Sheet:
    """The pages and the height (from below, in points) at which the next thing goes."""

    def __init__(self, leading: float) -> None:
        self._leading = leading
        self._done: list[Page] = []
        self._marks: list[Mark] = []
        self._y = HEIGHT - TOP

    def head(self, organ: str) -> None:
        """Put the organ in red over a double rule, as on every official document."""
        self._centred(organ, HEAD_SIZE, red=True)
        for below, thickness in ((14, 2.0), (18, 0.7)):
            self._rule(self._y - below, thickness, red=True)
        self._y -= 18 + HEAD_SIZE + self._leading / 2

    def put(self, block: Block) -> None:
        """Put one block, on a new page where this one is full."""
        match block:
            case Title(text):
                self._room(TITLE_SIZE + self._leading)
                self._centred(text, TITLE_SIZE)
                self._y -= TITLE_SIZE + self._leading / 2
            case Rule(mark):
                self._rule(self._y + SIZE / 2, 1.0 if mark == "=" else 0.4)
                self._y -= self._leading * 0.7
            case Codes(payloads, caption):
                self._codes(payloads)
                self._lines(Centred(caption))
            case Barcode():
                self._room(BAR_HEIGHT + 2 * self._leading)
                self._lines(block)
            case Seal():
                self._y -= SEAL_ROOM
                self._lines(block)
            case _:
                self._lines(block)

    def keep_with_seal(self) -> None:
        """Begin a new page unless what is kept with the seal, and the seal, fit on this one."""
        self._room(SEAL_ROOM + KEPT_LINES * self._leading)

    def finish(self) -> tuple[Page, ...]:
        """Close the last page and return them all."""
        self._close()
        return tuple(self._done)

    def _lines(self, block: Block) -> None:
        for line in lines_of(block, COLUMNS):
            if isinstance(line, BarcodeLine):
                self._bars(line)
                continue
            assert isinstance(line, TextLine), "codes and titles are drawn otherwise"
            self._room(self._leading)
            self._write(line.text, _LEFT + line.indent * _COLUMN, SIZE)
            self._y -= self._leading

    def _codes(self, payloads: tuple[str, ...]) -> None:
        rows = code_raster(payloads).rows
        dot = CODE_HEIGHT / len(rows)
        self._room(CODE_HEIGHT + SIZE + 2 * self._leading)
        left = (WIDTH - len(rows[0]) * dot) / 2
        for number, row in enumerate(rows, start=1):
            for first, length in _black_runs(row):
                y = self._y + SIZE / 2 - number * dot
                self._marks.append(Dots(left + first * dot, y, length * dot, dot))
        self._y -= CODE_HEIGHT + 1.5 * SIZE

    def _bars(self, line: BarcodeLine) -> None:
        row, module = bar_row(line.text), _COLUMN / line.modules_a_column
        left, bottom = (WIDTH - len(row) * module) / 2, self._y + SIZE - BAR_HEIGHT
        for first, length in _black_runs(row):
            self._marks.append(Dots(left + first * module, bottom, length * module, BAR_HEIGHT))
        self._y = bottom - 1.2 * SIZE

    def _centred(self, text: str, size: float, *, red: bool = False) -> None:
        """Write a headline, smaller where it would not fit."""
        columns = max(1, text_width(text))
        size = min(size, 2 * (_RIGHT - _LEFT) / columns)
        self._write(text, (WIDTH - columns * size / 2) / 2, size, red=red)

    def _write(self, text: str, x: float, size: float, *, red: bool = False) -> None:
        self._marks.append(Writing(x, self._y, size, tuple(_runs(text)), red))

    def _rule(self, y: float, thickness: float, *, red: bool = False) -> None:
        self._marks.append(Stroke(_LEFT, _RIGHT, y, thickness, red))

    def _room(self, height: float) -> None:
        if self._y - height < BOTTOM - self._leading:
            self._close()
            self._y = HEIGHT - TOP

    def _close(self) -> None:
        self._y = BOTTOM / 2
        self._write(f"- {len(self._done) + 1} -", WIDTH / 2 - SIZE, SIZE * 0.8)
        self._done.append(tuple(self._marks))
        self._marks = []


def _runs(text: str) -> Iterator[Run]:
    """Yield the stretches of one font.

    The font draws some characters narrower than the layout counts (“ ” ·). They are let stand close, since a gap would
    be copied as a space; behind a wide gap the text returns to its column.
    """
    for words in _WORDS.finditer(text):
        offset = float(text_width(text[: words.start()]))
        for face, characters in groupby(words[0], key=_face_of):
            run = "".join(characters)
            yield Run(offset, face, run)
            offset += width_of(face, run, 2)


def _face_of(char: str) -> Face:
    return face_for(char, PDF_CHAIN)


def _black_runs(row: tuple[bool, ...]) -> Iterator[tuple[int, int]]:
    """Yield (first dot, number of dots) of each black stretch."""
    first = 0
    for dark, dots in groupby(row):
        length = len(list(dots))
        if dark:
            yield first, length
        first += length
