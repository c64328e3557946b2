"""Draws characters into the cells of a thermal printer: 12 dots wide for ASCII, 24 for Chinese, 24 high."""

from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from printing.errors import PrinterError, PrinterReason

CELL_HEIGHT = 24
COLUMN_WIDTH = 12
WHITE, BLACK = 1, 0

_FAMILY = "Noto Sans Mono CJK SC"
_FILES = (
    Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
    Path("/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc"),
    Path("/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc"),
)
_FACES_IN_COLLECTION = 10
_BASELINE = 21


@cache
def glyph(character: str, columns: int, wide: int, high: int) -> Image.Image:
    """Return one character as a black-on-white bitmap of ``columns × 12 × wide`` by ``24 × high`` dots.

    Raises:
        PrinterError: ``FAILED``: the font is not installed.
    """
    cell = Image.new("1", (COLUMN_WIDTH * columns, CELL_HEIGHT), WHITE)
    draw = ImageDraw.Draw(cell)
    draw.fontmode = "1"
    draw.text((0, _BASELINE), character, font=_font(), fill=BLACK, anchor="ls")
    if (wide, high) == (1, 1):
        return cell
    return cell.resize((cell.width * wide, cell.height * high), Image.Resampling.NEAREST)


@cache
def _font() -> ImageFont.FreeTypeFont:
    for file in _FILES:
        if not file.exists():
            continue
        for index in range(_FACES_IN_COLLECTION):
            face = ImageFont.truetype(file, CELL_HEIGHT, index=index)
            if face.getname()[0] == _FAMILY:
                return face
    raise PrinterError(PrinterReason.FAILED, f"font {_FAMILY} is missing: install fonts-noto-cjk")
