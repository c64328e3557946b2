"""A document as the dots the thermal head burns: the preview, and the lines a printer's own font cannot print."""

from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from app.domain.paper.blocks import Document
from app.domain.paper.layout import BarcodeLine, CodesLine, Line, TextLine, lay_out
from app.domain.paper.width import char_width
from printing.barcodes import BAR_DOTS, bar_row, module_dots
from printing.codes import ENLARGED, code_raster
from printing.fonts import RASTER_CHAIN, Face, face_for, font_path
from printing.profile import COLUMN_DOTS, PrinterProfile

ROW_DOTS = 24
LEADING_DOTS = 6
QUIET_DOTS = 16
MARGIN_DOTS = 24
_BASELINE = 0.88
"""Height of the baseline in an em of the CJK fonts, from the top."""

WHITE, BLACK = 255, 0


def render(document: Document, profile: PrinterProfile, reprint: int = 0) -> Image.Image:
    """Draw a document in black and white (mode ``1``), ``profile.dots`` wide, as the printer will print it.

    Raises:
        TooWide: a title or a barcode does not fit the paper.
        FontMissing: a font of the chain is not installed.
    """
    pieces = [_piece(line, profile.dots) for line in lay_out(document, profile.columns, reprint)]
    paper = Image.new(
        "1", (profile.dots, sum(piece.height + LEADING_DOTS for piece in pieces) + MARGIN_DOTS * 2), WHITE
    )
    y = MARGIN_DOTS
    for piece in pieces:
        paper.paste(piece, (0, y))
        y += piece.height + LEADING_DOTS
    return paper


def _piece(line: Line, dots: int) -> Image.Image:
    if isinstance(line, CodesLine):
        return _codes(line, dots)
    return _barcode(line, dots) if isinstance(line, BarcodeLine) else draw_text(line, dots)


@lru_cache(maxsize=512)
def draw_text(line: TextLine, dots: int) -> Image.Image:
    """Draw one line, 24 dots high or 48 where it is tall; kept, because a preview changes a line or two at a time."""
    wide, tall = 1 + line.wide, 1 + line.tall
    strip = Image.new("1", (dots, ROW_DOTS * tall), WHITE)
    x = line.indent * COLUMN_DOTS
    for char in line.text:
        columns = char_width(char)
        if char != " " and columns:
            strip.paste(_glyph(char, columns, wide, tall), (x, 0))
        x += columns * COLUMN_DOTS * wide
    return strip


def _codes(line: CodesLine, dots: int) -> Image.Image:
    raster = code_raster(line.payloads)
    width, height = raster.width * ENLARGED, len(raster.rows) * ENLARGED
    bits = Image.new("1", (raster.width, len(raster.rows)), WHITE)
    bits.putdata([BLACK if dot else WHITE for row in raster.rows for dot in row])
    strip = Image.new("1", (dots, height + QUIET_DOTS * 2), WHITE)
    strip.paste(bits.resize((width, height), Image.Resampling.NEAREST), ((dots - width) // 2, QUIET_DOTS))
    return strip


def _barcode(line: BarcodeLine, dots: int) -> Image.Image:
    bars = bar_row(line.text)
    row = Image.new("1", (len(bars), 1), WHITE)
    row.putdata([BLACK if dark else WHITE for dark in bars])
    width = len(bars) * module_dots(line)
    strip = Image.new("1", (dots, BAR_DOTS), WHITE)
    strip.paste(row.resize((width, BAR_DOTS), Image.Resampling.NEAREST), ((dots - width) // 2, 0))
    return strip


@lru_cache(maxsize=4096)
def _glyph(char: str, columns: int, wide: int, tall: int) -> Image.Image:
    """Draw one character in its cell; the larger side sets the size, the other is squeezed to the cell."""
    face = face_for(char, RASTER_CHAIN)
    scale = max(wide, tall)
    cell = Image.new("L", (columns * COLUMN_DOTS * scale, ROW_DOTS * scale), 0)
    font = _font(face, ROW_DOTS * scale)
    ImageDraw.Draw(cell).text((0, round(ROW_DOTS * scale * _BASELINE)), char, fill=255, font=font, anchor="ls")
    if wide != tall:
        cell = cell.resize((columns * COLUMN_DOTS * wide, ROW_DOTS * tall), Image.Resampling.BOX)
    return cell.point([255 if grey < face.threshold else 0 for grey in range(256)], "1")


@lru_cache(maxsize=16)
def _font(face: Face, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_path(face)), size, index=face.index)
