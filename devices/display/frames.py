"""Two frames of window displays as they stand on the wire, decoded by their own check sums (devices.md section 5).

``05 03 E7 EF`` is address, number (big-endian), sum. ``3A 00 78 03 01 B6 0A`` is start, address, number
(little-endian), colour, sum, end.
"""

from dataclasses import dataclass

SHORT = 4
LONG = 7
START = 0x3A
END = 0x0A


@dataclass(frozen=True, slots=True)
class Shown:
    """Board ``address`` shows ``number``."""

    address: int
    number: int


def take(buffer: bytearray) -> Shown | None:
    """Remove the first frame, and what stands before it, from ``buffer``; None when more bytes are needed."""
    while len(buffer) >= SHORT:
        if buffer[0] == START and len(buffer) < LONG:
            return None
        if buffer[0] == START and buffer[6] == END and sum(buffer[:5]) & 0xFF == buffer[5]:
            shown = Shown(buffer[1], int.from_bytes(buffer[2:4], "little"))
            del buffer[:LONG]
            return shown
        if sum(buffer[:3]) & 0xFF == buffer[3]:
            shown = Shown(buffer[0], int.from_bytes(buffer[1:3], "big"))
            del buffer[:SHORT]
            return shown
        del buffer[0]
    return None
