"""What is known while the floor manager is asked for consent."""

from dataclasses import dataclass

from app.domain.work.supplement import AddingReason


@dataclass(frozen=True, slots=True)
class ConsentState:
    """Which material is to be asked for, and why; ``error`` is a code, ``checking`` while the password is looked at."""

    material: str
    name: str
    reason: AddingReason
    checking: bool = False
    error: str = ""
