"""Reads text as a printer of a given character set does, garbage included."""

from contextlib import suppress
from enum import StrEnum


class Charset(StrEnum):
    """The character set in the printer's ROM."""

    GB2312 = "gb2312"
    GBK = "gbk"
    GB18030 = "gb18030"
    ASCII = "raster-only"


_CODECS = {Charset.GB2312: "gb2312", Charset.GBK: "gbk", Charset.GB18030: "gb18030", Charset.ASCII: "ascii"}
_ASCII_END = 0x80
UNPRINTABLE = "?"


def cells(data: bytes, charset: Charset, *, chinese: bool) -> list[tuple[str, int]]:
    """Return the printed characters, each with its width in half-width columns (1 or 2).

    What the ROM does not hold comes out as ``?`` for the lead byte, and the next byte stands for itself: a GBK printer
    prints a four-byte GB18030 sequence as question marks and digits.
    """
    if chinese:
        with suppress(UnicodeDecodeError):  # nearly every text is in the set as a whole
            return [(character, 1 if character.isascii() else 2) for character in data.decode(_CODECS[charset])]
    printed: list[tuple[str, int]] = []
    at = 0
    while at < len(data):
        length, character = _character_at(data, at, charset) if chinese else _single(data[at])
        printed.append((character, 1 if length == 1 else 2))
        at += length
    return printed


def _character_at(data: bytes, at: int, charset: Charset) -> tuple[int, str]:
    if data[at] < _ASCII_END:
        return _single(data[at])
    four_bytes = charset is Charset.GB18030 and data[at + 1 : at + 2].isdigit()
    length = 4 if four_bytes else 2
    try:
        character = data[at : at + length].decode(_CODECS[charset])
    except UnicodeDecodeError:
        return 1, UNPRINTABLE
    return (length, character) if len(character) == 1 else (1, UNPRINTABLE)


def _single(byte: int) -> tuple[int, str]:
    return 1, chr(byte) if byte < _ASCII_END else UNPRINTABLE
