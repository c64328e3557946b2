"""Cuts a stream of ESC/POS bytes into commands, however the bytes were split on the way."""

import re
from dataclasses import dataclass
from enum import StrEnum

MAX_TEXT = 4096
MAX_RASTER_BYTES_WIDE = 72
MAX_RASTER_ROWS = 4095
RASTER_HEADER = 6
"""Argument bytes before the dots: ``"0" m xL xH yL yH``."""


class Kind(StrEnum):
    """What a command is for."""

    TEXT = "text"
    LINE_FEED = "LF"
    INIT = "ESC @"
    CHINESE_ON = "FS &"
    CHINESE_OFF = "FS ."
    CHINESE_MODE = "FS !"
    PRINT_MODE = "ESC !"
    BOLD = "ESC E"
    SIZE = "GS !"
    ALIGN = "ESC a"
    LINE_SPACING = "ESC 3"
    DEFAULT_SPACING = "ESC 2"
    FEED_LINES = "ESC d"
    FEED_DOTS = "ESC J"
    RASTER = "GS v 0"
    CUT = "GS V"
    BARCODE = "GS k"
    BARCODE_HEIGHT = "GS h"
    BARCODE_WIDTH = "GS w"
    BARCODE_TEXT = "GS H"
    DRAWER = "ESC p"
    ASK_PAPER = "GS r"
    STATUS = "DLE EOT"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Command:
    """One command. ``args`` are its parameter bytes: of a raster ``"0" m xL xH yL yH`` and the dots."""

    kind: Kind
    raw: bytes
    args: bytes = b""


_FIXED: dict[bytes, tuple[Kind, int]] = {
    b"\n": (Kind.LINE_FEED, 0),
    b"\x1b@": (Kind.INIT, 0),
    b"\x1c&": (Kind.CHINESE_ON, 0),
    b"\x1c.": (Kind.CHINESE_OFF, 0),
    b"\x1c!": (Kind.CHINESE_MODE, 1),
    b"\x1b!": (Kind.PRINT_MODE, 1),
    b"\x1bE": (Kind.BOLD, 1),
    b"\x1d!": (Kind.SIZE, 1),
    b"\x1ba": (Kind.ALIGN, 1),
    b"\x1b3": (Kind.LINE_SPACING, 1),
    b"\x1b2": (Kind.DEFAULT_SPACING, 0),
    b"\x1bd": (Kind.FEED_LINES, 1),
    b"\x1bJ": (Kind.FEED_DOTS, 1),
    b"\x1dh": (Kind.BARCODE_HEIGHT, 1),
    b"\x1dw": (Kind.BARCODE_WIDTH, 1),
    b"\x1dH": (Kind.BARCODE_TEXT, 1),
    b"\x1bp": (Kind.DRAWER, 3),
    b"\x1dr": (Kind.ASK_PAPER, 1),
    b"\x10\x04": (Kind.STATUS, 1),
}
_VARIABLE = {b"\x1dV": Kind.CUT, b"\x1dk": Kind.BARCODE, b"\x1dv": Kind.RASTER}
_PREFIXES = frozenset(b"\x10\x1b\x1c\x1d")
_TEXT = re.compile(rb"[^\x00-\x1f]+")
_CUT_AT_ONCE, _CUT_AFTER_FEED = (0, 1), (65, 66)
_CODE128 = 73
_DRAWER_PINS = b"\x00\x0101"
_RASTER_MODES = b"\x00\x01\x02\x030123"
_QUESTIONS = (1, 2, 3, 4)


class Parser:
    """Holds the beginning of a command until the rest has come.

    ``DLE EOT`` is a command only between commands: inside raster data, ``10 04`` is dots.
    """

    def __init__(self) -> None:
        self._held = bytearray()
        self._text = bytearray()

    def feed(self, data: bytes) -> list[Command]:
        """Return the commands that ``data`` completes. Text comes out when a control byte ends it."""
        self._held += data
        commands: list[Command] = []
        at = 0
        while at < len(self._held):
            text = _TEXT.match(self._held, at, at + MAX_TEXT - len(self._text))
            if text:
                self._text += text[0]
                at = text.end()
                if len(self._text) == MAX_TEXT:
                    commands += self._end_text()
                continue
            command = _command_at(self._held, at)
            if command is None:
                break
            commands += [*self._end_text(), command]
            at += len(command.raw)
        del self._held[:at]
        return commands

    def _end_text(self) -> list[Command]:
        text = bytes(self._text)
        self._text.clear()
        return [Command(Kind.TEXT, text, text)] if text else []


def _command_at(data: bytearray, at: int) -> Command | None:
    """Return the command that starts at ``at``, or None while it is incomplete."""
    length = 2 if data[at] in _PREFIXES else 1
    prefix = bytes(data[at : at + length])
    if len(prefix) < length:
        return None
    if prefix in _FIXED:
        kind, count = _FIXED[prefix]
    elif prefix in _VARIABLE:
        kind = _VARIABLE[prefix]
        size = _argument_size(kind, data, at + length)
        if size is None:
            return None
        count = size
    else:
        return Command(Kind.UNKNOWN, prefix)
    end = at + length + count
    if end > len(data):
        return None
    args = bytes(data[at + length : end])
    if not _understood(kind, args):
        return Command(Kind.UNKNOWN, prefix + args)
    return Command(kind, prefix + args, args)


def _argument_size(kind: Kind, data: bytearray, at: int) -> int | None:
    """Return how many argument bytes follow; None while the bytes that tell are missing."""
    known = len(data) - at
    if known < 1:
        return None
    if kind is Kind.CUT:
        return 2 if data[at] in _CUT_AFTER_FEED else 1
    if kind is Kind.BARCODE:
        if data[at] != _CODE128:
            return 1
        return 2 + data[at + 1] if known > 1 else None  # the system byte and the length byte stand first
    if known < RASTER_HEADER:
        return None
    wide, rows = raster_size(data[at : at + RASTER_HEADER])
    fits = data[at : at + 1] == b"0" and 0 < wide <= MAX_RASTER_BYTES_WIDE and 0 < rows <= MAX_RASTER_ROWS
    return RASTER_HEADER + wide * rows if fits else RASTER_HEADER


def raster_size(args: bytes | bytearray) -> tuple[int, int]:
    """Return width in bytes and height in rows from ``"0" m xL xH yL yH``."""
    return int.from_bytes(args[2:4], "little"), int.from_bytes(args[4:6], "little")


def _understood(kind: Kind, args: bytes) -> bool:
    if kind is Kind.CUT:
        return args[0] in _CUT_AT_ONCE + _CUT_AFTER_FEED
    if kind is Kind.BARCODE:
        return args[0] == _CODE128
    if kind is Kind.RASTER:
        return len(args) > RASTER_HEADER and args[1] in _RASTER_MODES
    if kind is Kind.STATUS:
        return args[0] in _QUESTIONS
    if kind is Kind.DRAWER:
        return args[0] in _DRAWER_PINS
    return True
