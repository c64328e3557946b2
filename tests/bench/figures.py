"""One measured figure with its gate, and the two statistics the bench speaks in."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """``limit`` is the most that ``value`` may be; without one the figure is only told."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    how: str = ""

    @property
    def passed(self) -> bool:
        """Whether the gate holds."""
        return self.limit is None or self.value <= self.limit


def median(values: Sequence[float]) -> float:
    """The middle one."""
    return percentile(values, 0.5)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that ``share`` of all do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -int(-len(ordered) * share // 1) - 1)]
