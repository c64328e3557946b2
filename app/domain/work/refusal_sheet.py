"""What the clerk has said so far about not accepting (F11): ground, target office, phone call, reason."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

MAX_OFFICE = 100
MAX_REASON = 400


@dataclass(frozen=True, slots=True)
class RefusalSheet:
    """Belongs to the item ``item_id``; for another item it counts as not begun.

    ``ground`` is the number of the chosen line, from 1 as printed, 0 while none is; ``case`` the published case it
    means, from 0. ``phoned`` is None until the clerk says whether the office was asked first.
    """

    item_id: str
    opened: bool = True
    ground: int = 0
    case: int = 0
    office: str = ""
    phoned: bool | None = None
    reason: str = ""

    def closed(self) -> "RefusalSheet":
        """Return the sheet put aside, nothing of it lost."""
        return replace(self, opened=False)

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "item_id": self.item_id,
            "opened": self.opened,
            "ground": self.ground,
            "case": self.case,
            "office": self.office,
            "phoned": self.phoned,
            "reason": self.reason,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "RefusalSheet":
        """Read what ``to_json`` made.

        Raises:
            KeyError: a field is missing.
            ValueError: a text is too long.
        """
        office, reason, phoned = str(value["office"]), str(value["reason"]), value["phoned"]
        if len(office) > MAX_OFFICE or len(reason) > MAX_REASON:
            raise ValueError("a text of the refusal is too long")
        return cls(
            item_id=str(value["item_id"]),
            opened=bool(value["opened"]),
            ground=max(0, int(value["ground"])),
            case=max(0, int(value["case"])),
            office=office,
            phoned=None if phoned is None else bool(phoned),
            reason=reason,
        )
