"""What is known while something is registered."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ProjectState:
    """What was typed by field, and the code of what is wrong."""

    values: Mapping[str, str] = field(default_factory=dict)
    error: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class ComplaintState:
    """What was typed by field, and the code of what is wrong; no repr, for it names persons."""

    values: Mapping[str, str] = field(default_factory=dict)
    error: str = ""
