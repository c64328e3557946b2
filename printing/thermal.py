"""A document as ESC/POS bytes: text wherever the printer's own font suffices, dots only where it does not.

At 9600 baud a slip sent as one picture takes a minute and a half, as text two seconds. The feeds assume a vertical
motion unit of one dot (1/203 inch), the default of 203 dpi printers; others print the same slip a little shorter.
"""

from collections.abc import Iterator, Sequence

from app.domain.paper.blocks import Document
from app.domain.paper.layout import BarcodeLine, CodesLine, Line, TextLine, lay_out
from printing.barcodes import BAR_DOTS, bar_row, module_dots, native_barcode
from printing.charset import encode as encode_text
from printing.codes import code_raster
from printing.profile import Cut, Drawer, PrinterProfile

INIT = b"\x1b@"
CHINESE_MODE = b"\x1c&"
LINE_SPACING = b"\x1b3\x1e"  # 30 dots: 24 of the character and 6 below it, as the bitmap has it
CENTRE, LEFT = b"\x1ba\x01", b"\x1ba\x00"
TO_CUTTER = b"\x1bd\x04"
CUTS: dict[Cut, bytes] = {"partial": b"\x1dV\x01", "full": b"\x1dV\x00", "none": b""}
DRAWERS: dict[Drawer, bytes] = {"none": b"", "pin2": b"\x1bp\x00\x32\xfa", "pin5": b"\x1bp\x01\x32\xfa"}
"""``ESC p``: a pulse of 100 ms, then 500 ms without one."""
NORMAL, TALL_TWICE, ENLARGED_TWICE = 0, 2, 3
LEADING_DOTS = 6
QUIET_DOTS = 16


def encode(document: Document, profile: PrinterProfile, reprint: int = 0) -> bytes:
    """Return all bytes of a print-out, from initialisation to cut.

    Raises:
        TooWide: a title or a barcode does not fit the paper.
        FontMissing: a character outside the printer's set must be drawn and no font is there to draw it.
    """
    lines = lay_out(document, profile.columns, reprint)
    start = INIT + LINE_SPACING + (b"" if profile.charset == "raster-only" else CHINESE_MODE)
    return b"".join([start, *_lines(lines, profile), TO_CUTTER, CUTS[profile.cut]])


def cut_off(profile: PrinterProfile) -> bytes:
    """Return what parts the half of a lost paper that still hangs in the printer from the next one."""
    return INIT + TO_CUTTER + CUTS[profile.cut]


def drawer_kick(profile: PrinterProfile) -> bytes:
    """Return the pulse that opens the cash drawer once what was sent before it is printed; nothing without a drawer."""
    return DRAWERS[profile.drawer]


def _lines(lines: Sequence[Line], profile: PrinterProfile) -> Iterator[bytes]:
    for line in lines:
        if isinstance(line, CodesLine):
            yield _codes(line)
            continue
        if isinstance(line, BarcodeLine):
            yield _barcode(line, profile)
            continue
        text = encode_text(line.text, profile.charset)
        yield _drawn(line, profile.dots) if text is None else _text(line, text)


def _text(line: TextLine, text: bytes) -> bytes:
    if not text:
        return b"\n"
    indent = b" " * line.indent
    if not line.tall:
        return indent + text + b"\n"
    return indent + _size(line, text, wide=line.wide, tall=line.tall) + text + _size(line, text) + b"\n"


def _size(line: TextLine, text: bytes, *, wide: bool = False, tall: bool = False) -> bytes:
    """Size commands for a line: ``ESC !`` sets Latin characters only, Chinese ones follow ``FS !``."""
    latin = b"\x1b!" + bytes([0x20 * wide + 0x10 * tall]) if any(char.isascii() for char in line.text) else b""
    chinese = b"\x1c!" + bytes([0x04 * wide + 0x08 * tall]) if not text.isascii() else b""
    return latin + chinese


def _drawn(line: TextLine, dots: int) -> bytes:
    """Draw a line in dots, cut off behind its last ink."""
    # Pillow is loaded only for characters the printer lacks.
    from PIL import ImageChops  # noqa: PLC0415

    from printing.bitmap import draw_text  # noqa: PLC0415

    ink = ImageChops.invert(draw_text(line, dots))
    _, _, right, _ = ink.getbbox() or (0, 0, 1, 0)
    strip = ink.crop((0, 0, right, ink.height))
    return _raster(strip.tobytes(), strip.height, NORMAL) + _feed(LEADING_DOTS)


def _codes(line: CodesLine) -> bytes:
    rows = code_raster(line.payloads).rows
    raster = _raster(b"".join(map(_packed, rows)), len(rows), ENLARGED_TWICE)
    return CENTRE + _feed(QUIET_DOTS) + raster + _feed(QUIET_DOTS + LEADING_DOTS) + LEFT


def _barcode(line: BarcodeLine, profile: PrinterProfile) -> bytes:
    bars = native_barcode(line) if profile.barcode == "native" else _drawn_bars(line)
    return CENTRE + bars + _feed(LEADING_DOTS) + LEFT


def _drawn_bars(line: BarcodeLine) -> bytes:
    """Half the rows, doubled by the printer; half the dots of each, where a module has two."""
    width = module_dots(line)
    across, mode = (width // 2, ENLARGED_TWICE) if width % 2 == 0 else (width, TALL_TWICE)
    row = _packed([dark for dark in bar_row(line.text) for _ in range(across)])
    return _raster(row * (BAR_DOTS // 2), BAR_DOTS // 2, mode)


def _raster(data: bytes, height: int, mode: int) -> bytes:
    """``GS v 0``: width in bytes and height in rows, little-endian, then the rows."""
    width = len(data) // height
    return b"\x1dv0" + bytes([mode]) + width.to_bytes(2, "little") + height.to_bytes(2, "little") + data


def _packed(row: Sequence[bool]) -> bytes:
    """Eight dots a byte, the leftmost highest, the last byte filled with white."""
    width = (len(row) + 7) // 8
    bits = "".join("1" if dot else "0" for dot in row)
    return int(bits.ljust(width * 8, "0"), 2).to_bytes(width, "big")


def _feed(dots: int) -> bytes:
    return b"\x1bJ" + bytes([dots])
