"""What is known while a fee is taken."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.case import Case
from app.domain.catalogue.item import FeeWaiver, Item


@dataclass(frozen=True, slots=True, repr=False)
class FeeState:
    """Of which case, with which published waiver, what was typed and what is wrong; no repr, for it names persons.

    ``second`` asks the floor manager at the window; ``checking`` while the password is looked at.
    """

    case: Case
    item: Item
    waiver: FeeWaiver | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    error: str = ""
    second: bool = False
    checking: bool = False
