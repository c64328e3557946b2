"""What the counter needs of an evaluator: grades as citizens press them, and the truth about the device."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from app.domain.rating import Grade
from app.ports.device_fault import Advice, FaultReason


@dataclass(frozen=True, slots=True)
class GradePressed:
    """Somebody pressed a grade; whether anybody was asked is not the device's business."""

    grade: Grade


@dataclass(frozen=True, slots=True)
class EvaluatorLost:
    """The evaluator is gone; told once, the driver goes on trying."""

    reason: FaultReason
    advice: Advice


@dataclass(frozen=True, slots=True)
class EvaluatorBack:
    """The evaluator is there: told once after the start and once after every loss."""


EvaluatorEvent = GradePressed | EvaluatorLost | EvaluatorBack
Listener = Callable[[EvaluatorEvent], None]


class Evaluator(Protocol):
    """An evaluator watched by a thread of its own."""

    def start(self, listener: Listener) -> None:
        """Begin watching; ``listener`` is called in the evaluator's thread and must not block."""
        ...

    def ask(self) -> None:
        """Let it say that a rating is asked for, where the model can; returns at once."""
        ...

    def end(self) -> None:
        """Nobody is asked any more; returns at once."""
        ...

    def stop(self) -> None:
        """Stop watching and wait until the thread has ended."""
        ...
