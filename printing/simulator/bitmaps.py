"""Draws what a thermal printer prints: lines of text, raster images, CODE128 bars."""

from dataclasses import dataclass

from barcode.codex import Code128  # type: ignore[import-untyped]  # python-barcode ships no types
from PIL import Image

from printing.simulator.glyphs import BLACK, CELL_HEIGHT, COLUMN_WIDTH, WHITE, glyph
from printing.simulator.parser import RASTER_HEADER, raster_size


@dataclass(frozen=True, slots=True)
class Cell:
    """One character of a line, half-width (1 column) or full-width (2), scaled by whole numbers."""

    character: str
    columns: int
    wide: int
    high: int

    @property
    def width(self) -> int:
        """In dots."""
        return self.columns * COLUMN_WIDTH * self.wide


def text_size(line: list[Cell], spacing: int) -> tuple[int, int]:
    """Return width and height of a line of text in dots; it is at least ``spacing`` high."""
    return sum(cell.width for cell in line), max([spacing, *(cell.high * CELL_HEIGHT for cell in line)])


def text_image(line: list[Cell], size: tuple[int, int]) -> Image.Image:
    """Return a line of text of that size."""
    image = Image.new("1", size, WHITE)
    x = 0
    for cell in line:
        image.paste(glyph(cell.character, cell.columns, cell.wide, cell.high), (x, 0))
        x += cell.width
    return image


def raster_image(args: bytes) -> Image.Image:
    """Return the image of the arguments of ``GS v 0``; mode bits 0 and 1 double its width and height."""
    bytes_wide, rows = raster_size(args)
    image = Image.frombytes("1", (bytes_wide * 8, rows), args[RASTER_HEADER:], "raw", "1;I")
    wide, high = 1 + (args[1] & 1), 1 + (args[1] >> 1 & 1)
    return image.resize((image.width * wide, image.height * high), Image.Resampling.NEAREST)


def barcode_image(text: str, module: int, height: int) -> Image.Image:
    """Return CODE128 bars, ``module`` dots to a bar."""
    bars = Code128(text).build()[0]
    row = Image.new("1", (len(bars), 1), WHITE)
    row.putdata([BLACK if bar == "1" else WHITE for bar in bars])
    return row.resize((len(bars) * module, height), Image.Resampling.NEAREST)


def code128_text(payload: bytes) -> str:
    """Return what a CODE128 payload with its set codes ``{A``, ``{B`` or ``{C`` in front says."""
    if payload[:2] == b"{C":
        return "".join(f"{pair:02d}" for pair in payload[2:])
    return payload[2:].decode("latin-1") if payload[:1] == b"{" else payload.decode("latin-1")
