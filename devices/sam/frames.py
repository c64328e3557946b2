"""The frame both ends of a SAM line speak: found again after any noise, whatever pieces the bytes come in.

``AA AA AA 96 69 | length (2, big-endian) | payload | xor``; the length counts payload and xor, the xor runs from the
length to the last payload byte.
"""

from dataclasses import dataclass
from enum import StrEnum

PREAMBLE = bytes.fromhex("AAAAAA9669")
HEADER = len(PREAMBLE) + 2
MIN_LENGTH = 3
MAX_LENGTH = 4 + 6 + 256 + 1024 + 1024
"""The longest answer there is: text, photo and two fingerprints."""

PIECE = 4096
"""So much of a longer stream is looked at at a time."""

_HEADS = tuple(PREAMBLE[:size] for size in range(len(PREAMBLE) - 1, 0, -1))
"""What may be the beginning of a preamble still on its way, the longest first."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The payload of one sound frame: CMD PARA data of a request, SW1 SW2 SW3 data of an answer."""

    payload: bytes


class Fault(StrEnum):
    """Why bytes were not a frame."""

    NOISE = "noise"
    LENGTH = "length"
    CHECKSUM = "checksum"


@dataclass(frozen=True, slots=True)
class Garbage:
    """``count`` bytes that were dropped. Noise is told only when a preamble follows it."""

    fault: Fault
    count: int


Event = Frame | Garbage


def encode(payload: bytes) -> bytes:
    """Return the frame around ``payload``."""
    body = (len(payload) + 1).to_bytes(2, "big") + payload
    return PREAMBLE + body + bytes([checksum(body)])


def checksum(data: bytes | bytearray) -> int:
    """Return the xor of all bytes: the halves of the whole number they are, folded until one byte is left."""
    value, size = int.from_bytes(data, "big"), len(data)
    while size > 1:
        size = (size + 1) // 2
        value = (value >> 8 * size) ^ (value & ((1 << 8 * size) - 1))
    return value


class FrameParser:
    """Turns a stream of bytes into events. What it returns depends on the bytes alone, not on where they were split.

    It never keeps more than one frame. A preamble inside a frame is data; after a bad frame the search goes on behind
    the first byte of its preamble, so that a sound frame cut into by a broken one is still found.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._noise = 0

    @property
    def missing(self) -> int:
        """How many more bytes the next event needs at least; at least 1."""
        have = len(self._buffer)
        if have < HEADER:
            return HEADER - have
        return HEADER + self._length() - have

    def feed(self, data: bytes) -> list[Event]:
        """Take the next bytes and return what they complete."""
        events: list[Event] = []
        for at in range(0, len(data), PIECE):
            self._buffer += data[at : at + PIECE]
            self._advance(events)
        return events

    def reset(self) -> None:
        """Forget a half-received frame."""
        self._buffer.clear()
        self._noise = 0

    def _length(self) -> int:
        return int.from_bytes(self._buffer[len(PREAMBLE) : HEADER], "big")

    def _advance(self, events: list[Event]) -> None:
        """Drop noise and take frames until more bytes are needed."""
        while True:
            self._skip_noise()
            if len(self._buffer) < HEADER:
                return
            length = self._length()
            sized = MIN_LENGTH <= length <= MAX_LENGTH
            if sized and len(self._buffer) < HEADER + length:
                return
            if self._noise:
                events.append(Garbage(Fault.NOISE, self._noise))
                self._noise = 0
            if not sized:
                events.append(self._reject(Fault.LENGTH))
            elif checksum(self._buffer[len(PREAMBLE) : HEADER + length]):
                events.append(self._reject(Fault.CHECKSUM))
            else:
                events.append(Frame(bytes(self._buffer[HEADER : HEADER + length - 1])))
                del self._buffer[: HEADER + length]

    def _reject(self, fault: Fault) -> Garbage:
        del self._buffer[0]
        return Garbage(fault, 1)

    def _skip_noise(self) -> None:
        """Bring the first possible start of a preamble to the front."""
        start = self._buffer.find(PREAMBLE)
        if start < 0:  # only the last bytes can be the head of a preamble still on its way
            start = len(self._buffer) - next((len(head) for head in _HEADS if self._buffer.endswith(head)), 0)
        self._noise += start
        del self._buffer[:start]
