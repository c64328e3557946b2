"""What the citizen's window shows."""

from dataclasses import dataclass
from enum import Enum, auto


class Asking(Enum):
    """What is asked of the citizen now."""

    NOBODY = auto()
    GRADE = auto()
    THANKS = auto()


@dataclass(frozen=True, slots=True)
class EvaluatorView:
    """``window`` and ``theme`` name the place; ``left`` is the share of the time that is left, 1 to 0."""

    asking: Asking
    window: str
    theme: str = ""
    left: float = 0.0
    pausing: bool = False
