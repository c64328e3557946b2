"""Draws what a thermal printer prints: lines of text and raster images."""

from dataclasses import dataclass

from PIL import Image

from printing.simulator.glyphs import CELL_HEIGHT, COLUMN_WIDTH, WHITE, glyph
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
