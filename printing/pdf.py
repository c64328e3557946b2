"""A document as an A4 PDF: the original that gets the seal."""

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import groupby

from reportlab.lib.colors import black, red  # type: ignore[import-untyped]  # reportlab ships no types
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]  # reportlab ships no types
from reportlab.pdfbase.pdfmetrics import stringWidth  # type: ignore[import-untyped]  # reportlab ships no types
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # reportlab ships no types

from app.domain.paper.blocks import Block, Centred, Codes, Document, Right, Rule, Seal, Title
from app.domain.paper.layout import TextLine, lines_of
from app.domain.paper.width import text_width
from printing.codes import code_raster
from printing.fonts import PDF_CHAIN, face_for
from printing.pdf_fonts import register

COLUMNS = 66
SIZE = 13.0
LEADINGS = (23.0, 20.0, 18.0)
"""Closer lines are tried before a second page."""
TITLE_SIZE, HEAD_SIZE = 22.0, 28.0
TOP, BOTTOM, SEAL_ROOM = 72.0, 56.0, 48.0
CODE_HEIGHT = 70.0
"""All sizes in points."""
KEPT_BLOCKS, KEPT_LINES = 2, 9
"""A seal never stands on a page without text: two blocks before it move with it, nine lines with date and signature."""

_WORDS = re.compile(r"\S+(?: \S+)*")
"""A stretch of text without a gap of two spaces or more."""
_WIDTH, _HEIGHT = A4
_COLUMN = SIZE / 2
_LEFT = (_WIDTH - COLUMNS * _COLUMN) / 2
_RIGHT = _WIDTH - _LEFT


def render(document: Document, reprint: int = 0) -> bytes:
    """Return the PDF. The same document gives the same bytes; call it from one thread at a time.

    Raises:
        FontMissing: a font of the chain is not installed.
    """
    sheets = (_filled(document, reprint, leading) for leading in LEADINGS)
    widest = next(sheets)
    sheet = widest if widest.pages == 1 else next((sheet for sheet in sheets if sheet.pages == 1), widest)
    return sheet.finish()


def _filled(document: Document, reprint: int, leading: float) -> "_Sheet":
    sheet = _Sheet(document.title, leading)
    if reprint:
        sheet.put(Right(f"补打 {reprint}"))
    seals = [(at, block.organ) for at, block in enumerate(document.blocks) if isinstance(block, Seal)]
    for _, organ in seals[:1]:
        sheet.head(organ)
    for at, block in enumerate(document.blocks):
        if any(at == seal - KEPT_BLOCKS for seal, _ in seals):
            sheet.keep_with_seal()
        sheet.put(block)
    return sheet


class _Sheet:
    """The pages and the height (from below, in points) at which the next thing goes."""

    def __init__(self, title: str, leading: float) -> None:
        self._file = BytesIO()
        self._canvas = Canvas(self._file, pagesize=A4, invariant=1)
        self._canvas.setTitle(title)
        self._leading = leading
        self.pages = 1
        self._y = _HEIGHT - TOP

    def head(self, organ: str) -> None:
        """Put the organ in red over a double rule, as on every official document."""
        self._canvas.setFillColor(red)
        self._centred(organ, HEAD_SIZE)
        self._canvas.setFillColor(black)
        self._canvas.setStrokeColor(red)
        for below, thickness in ((14, 2.0), (18, 0.7)):
            self._line(self._y - below, thickness)
        self._canvas.setStrokeColor(black)
        self._y -= 18 + HEAD_SIZE + self._leading / 2

    def put(self, block: Block) -> None:
        """Put one block, on a new page where this one is full."""
        match block:
            case Title(text):
                self._room(TITLE_SIZE + self._leading)
                self._centred(text, TITLE_SIZE)
                self._y -= TITLE_SIZE + self._leading / 2
            case Rule(mark):
                self._line(self._y + SIZE / 2, 1.0 if mark == "=" else 0.4)
                self._y -= self._leading * 0.7
            case Codes(payloads, caption):
                self._codes(payloads)
                self._lines(Centred(caption))
            case Seal():
                self._y -= SEAL_ROOM
                self._lines(block)
            case _:
                self._lines(block)

    def keep_with_seal(self) -> None:
        """Begin a new page unless what is kept with the seal, and the seal, fit on this one."""
        self._room(SEAL_ROOM + KEPT_LINES * self._leading)

    def finish(self) -> bytes:
        """Close the last page and return the file."""
        self._footer()
        self._canvas.save()
        return self._file.getvalue()

    def _lines(self, block: Block) -> None:
        for line in lines_of(block, COLUMNS):
            assert isinstance(line, TextLine), "codes and titles are drawn otherwise"
            self._room(self._leading)
            self._draw(line.text, _LEFT + line.indent * _COLUMN, SIZE)
            self._y -= self._leading

    def _codes(self, payloads: tuple[str, ...]) -> None:
        rows = code_raster(payloads).rows
        dot = CODE_HEIGHT / len(rows)
        self._room(CODE_HEIGHT + SIZE + 2 * self._leading)
        left = (_WIDTH - len(rows[0]) * dot) / 2
        for number, row in enumerate(rows, start=1):
            for first, length in _black_runs(row):
                y = self._y + SIZE / 2 - number * dot
                self._canvas.rect(left + first * dot, y, length * dot, dot, stroke=0, fill=1)
        self._y -= CODE_HEIGHT + 1.5 * SIZE

    def _centred(self, text: str, size: float) -> None:
        """Draw a headline, smaller where it would not fit."""
        columns = max(1, text_width(text))
        size = min(size, 2 * (_RIGHT - _LEFT) / columns)
        self._draw(text, (_WIDTH - columns * size / 2) / 2, size)

    def _draw(self, text: str, x: float, size: float) -> None:
        line = self._canvas.beginText()
        for offset, font, run in _runs(text):
            line.setFont(font, size)
            line.setTextOrigin(x + offset * size / 2, self._y)
            line.textOut(run)
        self._canvas.drawText(line)

    def _line(self, y: float, thickness: float) -> None:
        self._canvas.setLineWidth(thickness)
        self._canvas.line(_LEFT, y, _RIGHT, y)

    def _room(self, height: float) -> None:
        if self._y - height < BOTTOM - self._leading:
            self._footer()
            self._canvas.showPage()
            self.pages += 1
            self._y = _HEIGHT - TOP

    def _footer(self) -> None:
        self._y = BOTTOM / 2
        self._draw(f"- {self.pages} -", _WIDTH / 2 - SIZE, SIZE * 0.8)


def _runs(text: str) -> Iterator[tuple[float, str, str]]:
    """Yield (offset in columns, font, characters) for stretches of one font.

    The font draws some characters narrower than the layout counts (“ ” ·). They are let stand close, since a gap would
    be copied as a space; behind a wide gap the text returns to its column.
    """
    for words in _WORDS.finditer(text):
        offset = float(text_width(text[: words.start()]))
        for font, characters in groupby(words[0], key=_font_of):
            run = "".join(characters)
            yield offset, font, run
            offset += stringWidth(run, font, 2)


def _font_of(char: str) -> str:
    return register(face_for(char, PDF_CHAIN))


def _black_runs(row: tuple[bool, ...]) -> Iterator[tuple[int, int]]:
    """Yield (first dot, number of dots) of each black stretch."""
    first = 0
    for dark, dots in groupby(row):
        length = len(list(dots))
        if dark:
            yield first, length
        first += length
