"""How far a counter's clock is from its server's: measured with every push, told with every operation (sync.md §1).

Nothing is ever ordered by wall time; but dates stand on papers, so a clock that is wrong is a person's matter.
"""

from collections.abc import Mapping
from typing import Any, Final

LIMIT_MS: Final = 5 * 60 * 1000
"""A difference above it is flagged."""
OFFSET: Final = "server_offset_ms"
"""The operation's field beside the known ones: server's clock minus the counter's, as last measured (ms)."""
_SLOWEST_MS: Final = 10_000
"""An answer that took longer says too little about the moment it was written."""
_LARGEST: Final = 1 << 52


def measured(server_ms: int, now_ms: int, round_trip_ms: int) -> int | None:
    """Return the server's clock minus this one: the answer was written half a round trip ago.

    ``server_ms`` and ``now_ms`` are UTC milliseconds by either clock. None where the answer took too long to say.
    """
    if not 0 <= round_trip_ms <= _SLOWEST_MS:
        return None
    return server_ms + round_trip_ms // 2 - now_ms


def is_skewed(offset_ms: int | None) -> bool:
    """Say whether a measured difference has to be told."""
    return offset_ms is not None and abs(offset_ms) > LIMIT_MS


def told_offset(extra: Mapping[str, Any]) -> int | None:
    """Return what an operation says of its counter's clock, from its unknown fields; None where it says nothing."""
    told = extra.get(OFFSET)
    return told if type(told) is int and abs(told) < _LARGEST else None


def skew_of(wall_ms: int, extra: Mapping[str, Any], received_ms: int) -> int | None:
    """Return by how much the clock behind an operation was wrong when it was received (UTC ms), None while it was not.

    A counter that measured says so itself. Of one that did not only the future is certain: what is old may have waited.
    """
    offset = told_offset(extra)
    if offset is None:
        offset = min(received_ms - wall_ms, 0)
    return offset if is_skewed(offset) else None
