"""Who had a case when: each hand-over intake → review → decision → hand-out is timed (domain rule L15)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.domain.case import Case


class Step(StrEnum):
    """The work modes a case passes, in their order: 综合受理, 部门审批 (review, decision, result), 出件.

    What a window only took in is answered by its department first: accepted, noticed (补正) or refused.
    """

    INTAKE = "intake"
    ACCEPTANCE = "acceptance"
    NOTICE = "notice"
    REFUSAL = "refusal"
    REVIEW = "review"
    DECISION = "decision"
    RESULT = "result"
    TOLD = "told"
    HAND_OUT = "hand_out"


@dataclass(frozen=True, slots=True)
class HandOver:
    """One step was done: by whom, at which window, at ``at_ms`` UTC milliseconds."""

    step: Step
    clerk: str
    window: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class Stage:
    """A step with the time since the one before; ``took_ms`` is 0 for the first."""

    handed: HandOver
    took_ms: int


def steps_of(case: Case) -> tuple[HandOver, ...]:
    """Return the steps of a case so far; the intake stands in the case itself."""
    first = HandOver(Step.INTAKE, case.clerk, case.window, case.accepted_ms)
    return (first, *(_read(each) for each in case.steps or ()))


def stages(case: Case) -> tuple[Stage, ...]:
    """Return each step with how long the case waited and was worked on before it."""
    done = steps_of(case)
    return tuple(Stage(each, max(0, each.at_ms - done[n - 1].at_ms) if n else 0) for n, each in enumerate(done))


def with_step(case: Case, step: HandOver) -> Sequence[Mapping[str, Any]]:
    """Return the steps of a case with one more, as they are kept."""
    plain = {"step": step.step.value, "clerk": step.clerk, "window": step.window, "at_ms": step.at_ms}
    return [*(case.steps or ()), plain]


def _read(kept: Mapping[str, Any]) -> HandOver:
    return HandOver(Step(kept["step"]), str(kept["clerk"]), str(kept["window"]), int(kept["at_ms"]))
