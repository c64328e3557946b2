"""What becomes of the connections of a spoiled line: their fates, and how they are drawn."""

import asyncio
import random
import socket
import struct
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum, auto

NO_LINGER = struct.pack("ii", 1, 0)
"""A socket that is closed so is reset."""


class Fate(Enum):
    """What becomes of a connection, once so many bytes of one direction have passed."""

    CALM = auto()
    """Nothing, until the next is drawn."""
    LATE = auto()
    """Every chunk takes its time."""
    SLOW = auto()
    """The next thousands of bytes come by the dozen."""
    CUT = auto()
    """It ends in the middle of a head or a body."""
    RESET = auto()
    """The same, and both hear of it as an error."""
    SILENT = auto()
    """Nothing passes any more, nobody hears of it, and it stays so: a half-open connection."""
    HELD = auto()
    """The same for a while; then what was held arrives, though who sent it may have given up long ago."""
    UNANSWERED = auto()
    """The server gets the request and acts; its answer is cut off."""


WEIGHTS = {
    Fate.CALM: 1,
    Fate.LATE: 2,
    Fate.SLOW: 1,
    Fate.CUT: 3,
    Fate.RESET: 2,
    Fate.SILENT: 1,
    Fate.HELD: 1,
    Fate.UNANSWERED: 3,
}
LATE_S, SLOW_S, HELD_S = 0.06, 0.004, 1.5
SLOW_BYTES, SLOW_PIECE = 2_000, 24
MOST_BYTES = {True: 2_000, False: 1_000}
"""Up and down: within so many bytes of a connection its fate comes, in any part of any of its requests."""


@dataclass
class Link:
    """One connection and its fate; ``way`` is the direction whose bytes count, up to the server when it is true."""

    chance: random.Random
    writers: list[asyncio.StreamWriter]
    fate: Fate = Fate.CALM
    way: bool = True
    after: int = 0
    flowing: asyncio.Event = field(default_factory=asyncio.Event)
    passed: dict[bool, int] = field(default_factory=lambda: {True: 0, False: 0})
    struck: bool = False

    def draw(self, weights: Mapping[Fate, int]) -> None:
        """Take another fate, and choose after how many more bytes it comes."""
        self.fate = self.chance.choices(list(weights), list(weights.values()))[0]
        self.way = self.fate is not Fate.UNANSWERED and self.chance.random() < 0.5
        more = 0 if self.fate is Fate.UNANSWERED else self.chance.randrange(MOST_BYTES[self.way])
        self.after = self.passed[self.way] + more

    def end(self, *, reset: bool = False) -> None:
        """Close both ends."""
        for writer in self.writers:
            if not reset:
                writer.close()
                continue
            with suppress(OSError):
                writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
            writer.transport.abort()
