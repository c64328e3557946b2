"""How a visit ends without F9, F10 or F11 (F12 while serving, design.md decision 14), as far as the clerk said."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

MAX_VALUE = 120
MAX_VALUES = 8


class EndingWay(StrEnum):
    """The five ways, in the order of the menu."""

    ANSWERED = "answered"
    REGISTERED = "registered"
    LEFT = "left"
    PICK_UP = "pick_up"
    WITHDRAWAL = "withdrawal"


@dataclass(frozen=True, slots=True, repr=False)
class EndingSheet:
    """``way`` is None while the menu stands open; ``values`` go from field to text or code. It has no repr."""

    opened: bool = True
    way: EndingWay | None = None
    values: Mapping[str, str] = field(default_factory=dict)

    def closed(self) -> "EndingSheet":
        """Return the sheet put aside: the menu comes first again, what was typed stays."""
        return replace(self, opened=False, way=None)

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {"opened": self.opened, "way": self.way and self.way.value, "values": dict(self.values)}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "EndingSheet":
        """Read what ``to_json`` made.

        Raises:
            KeyError: a field is missing.
            ValueError: too many or too long values, or an unknown way.
        """
        values = {str(key): str(each) for key, each in value["values"].items()}
        if len(values) > MAX_VALUES or any(len(each) > MAX_VALUE for each in values.values()):
            raise ValueError("the values of the ending are too long")
        return cls(bool(value["opened"]), EndingWay(value["way"]) if value["way"] else None, values)
