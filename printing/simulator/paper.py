"""The roll of the simulated printer: it takes commands, and at each cut a numbered paper falls into the tray."""

import hashlib
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from PIL import Image

from printing.simulator.barcodes import BadBarcode, barcode_image, read_payload
from printing.simulator.bitmaps import Cell, raster_image, text_image, text_size
from printing.simulator.charset import Charset, cells
from printing.simulator.codes import codes_in
from printing.simulator.glyphs import WHITE
from printing.simulator.parser import Command, Kind
from printing.simulator.style import Style

_SILENT_KINDS = (Kind.STATUS, Kind.ASK_PAPER, Kind.DRAWER)


@dataclass(frozen=True, slots=True)
class Strip:
    """What is printed in one go: where it stands on the paper, and how it is drawn."""

    x: int
    y: int
    draw: Callable[[], Image.Image]


@dataclass(frozen=True, slots=True)
class Paper:
    """One cut paper: the bytes that made it, its text line by line, its picture and what was wrong with it.

    ``codes`` is what a scanner reads off it, in the order it was printed.
    """

    index: int
    data: bytes
    lines: tuple[str, ...]
    violations: tuple[str, ...]
    codes: tuple[str, ...]
    picture: Callable[[], Image.Image] = field(compare=False, repr=False)

    @property
    def png(self) -> bytes:
        """The picture, drawn anew each time: most papers are only counted."""
        file = io.BytesIO()
        self.picture().save(file, "PNG")
        return file.getvalue()

    @property
    def sha256(self) -> str:
        """Of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


class Roll:
    """Prints commands onto the paper that is not cut yet. ``width`` is in dots: 576 or 384.

    ``rows`` counts the rows of dots on that paper.
    """

    def __init__(self, width: int, charset: Charset) -> None:
        self._width = width
        self._charset = charset
        self._papers = 0
        self.forget()
        self._new_paper()

    def forget(self) -> None:
        """Lose the settings and the line in the making, as when the power goes; what is on paper stays."""
        self._style = Style()
        self._text = bytearray()
        self._line: list[Cell] = []
        self._set_width = 0

    def take(self, command: Command) -> Paper | None:
        """Carry out one command; a cut returns the paper."""
        if command.kind in _SILENT_KINDS:
            return None
        self._data += command.raw
        if command.kind is Kind.TEXT:
            self._text += command.args
            return None
        self._set_text()
        if command.kind is Kind.CUT:
            return self._cut()
        self._print(command)
        return None

    def _print(self, command: Command) -> None:
        value = command.args[0] if command.args else 0
        match command.kind:
            case Kind.LINE_FEED:
                self._end_line()
            case Kind.FEED_LINES:
                for _ in range(value):
                    self._end_line()
            case Kind.FEED_DOTS:
                self._flush()
                self._feed(value)
            case Kind.RASTER:
                self._raster(command.args)
            case Kind.BARCODE:
                self._barcode(command.args[2:])
            case Kind.INIT:
                self.forget()
            case Kind.UNKNOWN:
                self._violations.append(f"unknown command {command.raw[:8].hex(' ')}")
            case _:
                self._style.apply(command.kind, value)

    def _set_text(self) -> None:
        for character, columns in cells(bytes(self._text), self._charset, chinese=self._style.chinese):
            wide, high = self._style.ascii_scale if columns == 1 else self._style.chinese_scale
            cell = Cell(character, columns, wide, high)
            if self._set_width + cell.width > self._width:
                self._end_line()
            self._line.append(cell)
            self._set_width += cell.width
        self._text.clear()

    def _flush(self) -> None:
        if self._line:
            self._end_line()

    def _end_line(self) -> None:
        line, self._line, self._set_width = self._line, [], 0
        size = text_size(line, self._style.spacing)
        self._put(size, partial(text_image, line, size), "".join(cell.character for cell in line))

    def _raster(self, args: bytes) -> None:
        self._flush()
        image = raster_image(args)
        self._codes += codes_in(image)
        self._put(image.size, lambda: image, f"[raster {image.width}x{image.height}]")

    def _barcode(self, payload: bytes) -> None:
        self._flush()
        try:
            text, symbols = read_payload(payload)
        except BadBarcode as error:
            self._violations.append(f"barcode refused: {error}")
            return
        image = barcode_image(symbols, self._style.bar_width, self._style.bar_height)
        self._codes += codes_in(image)
        self._put(image.size, lambda: image, f"[CODE128 {text}]")

    def _feed(self, rows: int) -> None:
        self.rows += rows

    def _put(self, size: tuple[int, int], draw: Callable[[], Image.Image], words: str) -> None:
        width, height = size
        free = self._width - width
        if free < 0:
            self._violations.append(f"{width} dots on a paper of {self._width}")
        self._strips.append(Strip(self._style.left_of(max(0, free)), self.rows, draw))
        self.rows += height
        self._lines.append(words)

    def _cut(self) -> Paper:
        if self._line:
            self._violations.append("cut in the middle of a line")
            self._flush()
        self._papers += 1
        paper = Paper(
            self._papers,
            bytes(self._data),
            tuple(self._lines),
            tuple(self._violations),
            tuple(self._codes),
            partial(_picture, (self._width, max(1, self.rows)), tuple(self._strips)),
        )
        self._new_paper()
        return paper

    def _new_paper(self) -> None:
        self.rows = 0
        self._data = bytearray()
        self._strips: list[Strip] = []
        self._lines: list[str] = []
        self._codes: list[str] = []
        self._violations: list[str] = []


def _picture(size: tuple[int, int], strips: Sequence[Strip]) -> Image.Image:
    sheet = Image.new("1", size, WHITE)
    for strip in strips:
        sheet.paste(strip.draw(), (strip.x, strip.y))
    return sheet
