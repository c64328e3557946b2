"""CODE128 barcodes as dots of our own, which print the same on every printer, and as the printer's own command."""

from functools import lru_cache

from app.domain.paper.code128 import parts, symbols
from app.domain.paper.layout import BarcodeLine
from printing.profile import COLUMN_DOTS

BAR_DOTS = 64
"""Height of the bars, 8 mm."""
_STOP = "1100011101011"


def module_dots(line: BarcodeLine) -> int:
    """Return the width of a module in printed dots: 3 where the paper is wide enough, else 2."""
    return COLUMN_DOTS // line.modules_a_column


@lru_cache(maxsize=64)
def bar_row(text: str) -> tuple[bool, ...]:
    """Return the modules from the first bar to the last (True = black), without the white sides.

    Raises:
        ValueError: a character that no bars stand for.
    """
    from barcode.charsets.code128 import CODES  # type: ignore[import-untyped]  # noqa: PLC0415 - few slips need it

    modules = "".join(CODES[value] for value in symbols(text)) + _STOP
    return tuple(module == "1" for module in modules)


def native_barcode(line: BarcodeLine) -> bytes:
    """Return the printer's own command (``GS k`` 73) for the same bars, without text of the printer's below them."""
    data = b"".join(
        b"{C" + bytes(int(part[at : at + 2]) for at in range(0, len(part), 2))
        if name == "C"
        else b"{B" + part.replace("{", "{{").encode("ascii")
        for name, part in parts(line.text)
    )
    look = b"\x1dh" + bytes([BAR_DOTS]) + b"\x1dw" + bytes([module_dots(line)]) + b"\x1dH\x00"
    return look + b"\x1dkI" + bytes([len(data)]) + data
