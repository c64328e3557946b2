"""The printer's own CODE128: reads the data of ``GS k`` 73 as firmware does, and draws its bars."""

from collections.abc import Mapping, Sequence

from barcode.charsets.code128 import CODES  # type: ignore[import-untyped]  # python-barcode ships no types
from PIL import Image

from printing.simulator.glyphs import BLACK, WHITE

_STARTS = {"A": 103, "B": 104, "C": 105}
_CHANGES = {"A": 101, "B": 100, "C": 99}
_STOP = "1100011101011"
_MARK = 0x7B
_BYTES: Mapping[str, bytes] = {
    "A": bytes((*range(0x20, 0x60), *range(0x20))),
    "B": bytes(range(0x20, 0x80)),
    "C": bytes(range(100)),
}
"""The bytes of each set, in the order of their symbol values."""


class BadBarcode(ValueError):  # noqa: N818 - what was sent, not a bug
    """The data is none that a printer takes."""


def read_payload(data: bytes) -> tuple[str, tuple[int, ...]]:
    """Return the text of the data and its symbol values with start and check.

    ``{A``, ``{B`` and ``{C`` choose the set and stand first; ``{{`` is a brace.

    Raises:
        BadBarcode: no set in front, an unknown one, or a byte that its set does not have.
    """
    chosen, text = "", ""
    values: list[int] = []
    at = 0
    while at < len(data):
        byte, follower = data[at], chr(data[at + 1]) if at + 1 < len(data) else ""
        if byte == _MARK and chosen != "C" and follower == "{" and chosen:
            at += 1
        elif byte == _MARK:
            if follower not in _STARTS:
                raise BadBarcode("unknown set")
            values.append(_CHANGES[follower] if chosen else _STARTS[follower])
            chosen = follower
            at += 2
            continue
        elif not chosen:
            raise BadBarcode("no set")
        values.append(_value(byte, chosen))
        text += f"{byte:02d}" if chosen == "C" else chr(byte)
        at += 1
    if not text:
        raise BadBarcode("no text")
    return text, (*values, sum(max(place, 1) * value for place, value in enumerate(values)) % 103)


def barcode_image(symbols: Sequence[int], module: int, height: int) -> Image.Image:
    """Return the bars of symbol values and the stop, ``module`` dots to a module."""
    bars = "".join(CODES[value] for value in symbols) + _STOP
    row = Image.new("1", (len(bars), 1), WHITE)
    row.putdata([BLACK if bar == "1" else WHITE for bar in bars])
    return row.resize((len(bars) * module, height), Image.Resampling.NEAREST)


def _value(byte: int, chosen: str) -> int:
    if byte not in _BYTES[chosen]:
        raise BadBarcode(f"byte {byte} in set {chosen}")
    return _BYTES[chosen].index(byte)
