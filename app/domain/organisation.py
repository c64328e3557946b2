"""An organisation for which somebody stands at the counter: its name and unified social credit code."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from app.domain.record import names, plain
from app.domain.uscc import is_valid

MAX_NAME = 100


@dataclass(frozen=True, slots=True)
class Organisation:
    """Typed by the clerk from the licence; ``entered_ms`` is UTC milliseconds."""

    name: str
    uscc: str
    entered_ms: int

    def to_json(self) -> dict[str, Any]:
        """Return a plain mapping."""
        return plain(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Read what ``to_json`` made.

        Raises:
            ValueError: a field is missing, unknown or of another type, or the code does not check.
        """
        if value.keys() != set(names(cls)):
            raise ValueError("unexpected fields of an organisation")
        name, uscc = value["name"], value["uscc"]
        if not isinstance(name, str) or not 0 < len(name) <= MAX_NAME:
            raise ValueError("an organisation has a short name")
        if not isinstance(uscc, str) or not is_valid(uscc):
            raise ValueError("not a unified social credit code")
        if type(value["entered_ms"]) is not int:
            raise ValueError("entered_ms is in milliseconds")
        return cls(**value)
