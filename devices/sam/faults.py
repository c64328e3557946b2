"""What can go wrong on a reader's line, done to one answer on its way out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from devices.sam import commands
from devices.sam.frames import PREAMBLE, encode

NOISE = bytes.fromhex("00FF AAAA 9669 AA5512")
MAX_DELAY_MS = 60_000
MAX_TIMES = 1_000_000

COMMANDS = {
    "reset": commands.RESET.code,
    "status": commands.STATUS.code,
    "sam_id": commands.SAM_ID.code,
    "find": commands.FIND.code,
    "select": commands.SELECT.code,
    "read": commands.READ.code,
    "address": commands.NEWEST_ADDRESS.code,
}


class FaultKind(StrEnum):
    """The faults a simulated line knows."""

    STATUS = "status"
    """Refuse with ``sw3``."""
    BAD_XOR = "bad_xor"
    WRONG_LENGTH = "wrong_length"
    """Claim one byte more than there is."""
    TRUNCATE = "truncate"
    """Send half of the answer."""
    NOISE = "noise"
    """Send garbage first."""
    SPLIT = "split"
    """Send the preamble in two pieces, ``ms`` apart."""
    PREAMBLE_INSIDE = "preamble_inside"
    """End the data with the bytes of a preamble, where it is long enough: in a read they lie in the photo."""
    DELAY = "delay"
    """Answer after ``ms``."""
    SILENCE = "silence"
    UNPLUG = "unplug"
    """Break the line instead of answering."""


@dataclass(slots=True)
class Fault:
    """A fault for the next ``times`` answers, or those to ``command`` only."""

    kind: FaultKind
    command: bytes | None = None
    times: int = 1
    sw3: int = 0x24
    ms: int = 50

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Fault":
        """Read ``{"kind": …, "command": "read", "times": 2, "sw3": "41", "ms": 100}``; only ``kind`` is needed.

        Raises:
            ValueError: an unknown kind or command, or a number out of range.
        """
        command = value.get("command")
        if command is not None and command not in COMMANDS:
            raise ValueError(f"unknown command, known are {', '.join(COMMANDS)}")
        return cls(
            kind=FaultKind(value["kind"]),
            command=COMMANDS[command] if command is not None else None,
            times=within(value.get("times", 1), MAX_TIMES),
            sw3=within(int(str(value.get("sw3", "24")), 16), 0xFF),
            ms=within(value.get("ms", 50), MAX_DELAY_MS),
        )

    def pieces(self, payload: bytes) -> Iterator[tuple[int, bytes]]:
        """Yield what goes over the line instead of the answer: milliseconds to wait, then bytes to send."""
        frame = encode(payload)
        match self.kind:
            case FaultKind.BAD_XOR:
                yield 0, frame[:-1] + bytes([frame[-1] ^ 0x55])
            case FaultKind.WRONG_LENGTH:
                at = len(PREAMBLE)
                yield 0, PREAMBLE + (len(payload) + 2).to_bytes(2, "big") + frame[at + 2 :]
            case FaultKind.TRUNCATE:
                yield 0, frame[: len(frame) // 2]
            case FaultKind.NOISE:
                yield 0, NOISE + frame
            case FaultKind.SPLIT:
                yield 0, frame[:3]
                yield self.ms, frame[3:]
            case FaultKind.PREAMBLE_INSIDE:
                fits = len(payload) >= commands.SW_SIZE + commands.TEXT_SIZE
                yield 0, encode(payload[: -len(PREAMBLE)] + PREAMBLE) if fits else frame
            case FaultKind.DELAY:
                yield self.ms, frame
            case FaultKind.STATUS:
                yield 0, encode(bytes([0, 0, self.sw3]))
            case FaultKind.SILENCE | FaultKind.UNPLUG:
                return


def within(number: object, highest: int) -> int:
    """Return ``number`` if it is a whole one from 0 to ``highest``; ``ValueError`` when not."""
    if type(number) is not int or not 0 <= number <= highest:
        raise ValueError(f"a whole number from 0 to {highest} is needed")
    return number
