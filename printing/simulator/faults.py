"""What can be made to go wrong with the simulated printer, and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class FaultKind(StrEnum):
    """The scriptable faults."""

    PAPER_OUT = "paper_out"
    NEAR_END = "near_end"
    COVER_OPEN = "cover_open"
    CUTTER = "cutter"
    """The next cut jams."""
    SLOW = "slow"
    """Prints only ``bytes_per_second``."""
    SILENT = "silent"
    """Prints, but answers nothing."""
    RESET = "reset"
    """Loses what it has not printed, hangs up, and is well again at once."""
    DIE = "die"
    """Switched off: loses what it has not printed and is gone until mended."""
    DROP = "drop"
    """Hangs up, and prints what it has."""


ON_THE_LINE = frozenset({FaultKind.RESET, FaultKind.DIE, FaultKind.DROP})
"""These count the bytes received; the others count what was printed."""
_KEYS = {"do", "kind", "after_bytes", "after_rows", "bytes_per_second"}
DEFAULT_SLOW = 960
MAX_COUNT = 1 << 31


@dataclass(slots=True)
class Fault:
    """A fault that strikes when both counts have run down."""

    kind: FaultKind
    bytes_left: int = 0
    rows_left: int = 0
    bytes_per_second: int = DEFAULT_SLOW

    @property
    def due(self) -> bool:
        """Whether it strikes now."""
        return self.bytes_left <= 0 and self.rows_left <= 0

    def count(self, passed: int, rows: int = 0) -> None:
        """Note that so many bytes and rows of dots went by."""
        self.bytes_left -= passed
        self.rows_left -= rows


def read_fault(request: Mapping[str, Any]) -> Fault:
    """Read ``{"kind": …, "after_bytes": n, "after_rows": n, "bytes_per_second": n}``.

    Raises:
        ValueError: an unknown kind or key, a number out of range, or rows for a fault of the line.
    """
    unknown = set(request) - _KEYS
    if unknown:
        raise ValueError(f"unknown keys: {', '.join(sorted(unknown))}")
    kind = FaultKind(str(request.get("kind")))
    rows = _count(request, "after_rows", 0)
    if rows and kind in ON_THE_LINE:
        raise ValueError(f"{kind} counts bytes, not rows")
    speed = _count(request, "bytes_per_second", DEFAULT_SLOW)
    if speed == 0:
        raise ValueError("bytes_per_second must be above 0")
    return Fault(kind, _count(request, "after_bytes", 0), rows, speed)


def _count(request: Mapping[str, Any], key: str, default: int) -> int:
    value = request.get(key, default)
    if type(value) is not int or not 0 <= value < MAX_COUNT:
        raise ValueError(f"{key} must be a whole number from 0")
    return value
