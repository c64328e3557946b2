"""What a disk that fills up still takes: warned of at 80 %, no scans from 90 %, no new cases from 97 % (sync.md 1).

Counter and server decide by the same table. What is under way goes on, and what is recorded is sent, at any share.
"""

from enum import IntEnum
from typing import Final

WARN: Final = 0.80
NO_SCANS: Final = 0.90
NO_CASES: Final = 0.97


class Room(IntEnum):
    """How far it is; a later one includes those before."""

    PLENTY = 0
    LITTLE = 1
    NO_SCANS = 2
    NO_CASES = 3


def room_of(used: float) -> Room:
    """Return what a disk still takes; ``used`` is the share in use, 0 to 1."""
    if used >= NO_CASES:
        return Room.NO_CASES
    if used >= NO_SCANS:
        return Room.NO_SCANS
    return Room.LITTLE if used >= WARN else Room.PLENTY
