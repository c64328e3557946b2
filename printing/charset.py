"""Which characters a printer's own font can print, and the bytes that make it print them."""

from app.domain.paper.width import char_width
from printing.profile import Charset

_PLANE_2 = 0x20000
_EXTENSION_A = range(0x3400, 0x4DC0)
_UNIFIED = range(0x4E00, 0xA000)
_REMAPPED_IN_2022 = range(0x9FB4, 0x9FBC)
"""GB 18030-2022 moved these to other codes than Python's codec (edition 2000/2005) gives."""


def encode(text: str, charset: Charset) -> bytes | None:
    """Return the bytes for a line of text, or None when the printer's font lacks one of its characters."""
    codes = [_code(char, charset) for char in text]
    return b"".join(code for code in codes if code is not None) if None not in codes else None


def _code(char: str, charset: Charset) -> bytes | None:
    if " " <= char <= "~":
        return char.encode("ascii")
    # A printer advances two columns for every Chinese code; a character the layout counts otherwise would shift.
    if charset == "raster-only" or char_width(char) != 2:  # noqa: PLR2004 - two columns
        return None
    two_bytes = _gbk(char)
    if charset == "gb2312":
        return two_bytes if two_bytes is not None and _in_gb2312(two_bytes) else None
    if two_bytes is not None or charset == "gbk":
        return two_bytes
    return char.encode("gb18030") if _same_in_every_gb18030(char) else None


def _gbk(char: str) -> bytes | None:
    try:
        return char.encode("gbk")
    except UnicodeEncodeError:
        return None


def _in_gb2312(code: bytes) -> bool:
    """Ask by code: Python's gb2312 codec maps A1A4 and A1AA to other characters than ``·`` and ``—``."""
    try:
        code.decode("gb2312")
    except UnicodeDecodeError:
        return False
    return True


def _same_in_every_gb18030(char: str) -> bool:
    """Only Han characters: what else has four bytes is not in printers' fonts."""
    point = ord(char)
    if point in _REMAPPED_IN_2022:
        return False
    return point in _EXTENSION_A or point in _UNIFIED or point >= _PLANE_2
