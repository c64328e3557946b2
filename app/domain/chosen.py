"""A number that a clerk calls out of turn, and why (flows.md section 7)."""

from dataclasses import dataclass
from enum import StrEnum


class ChosenReason(StrEnum):
    """Why, in the order of the digits 1-4."""

    URGENT = "urgent"
    CORRECTION = "correction"
    MANAGER = "manager"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ChosenCall:
    """What the authority is asked for; ``number`` as it is printed."""

    number: str
    reason: ChosenReason
