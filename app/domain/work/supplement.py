"""What a work card knows of the notice it came back with: whose case it is, and the one list that may be asked for."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from app.domain.case import Case
from app.domain.work.materials import SHORT, Mark
from app.domain.work.refusal import WorkRefusal, WorkRefused


class AddingReason(StrEnum):
    """Why a material is asked for that the notice did not name, in the order of the digits 1-4."""

    SITUATION_CHANGED = "situation_changed"
    NEW_PAPER = "new_paper"
    OVERLOOKED = "overlooked"
    LAW_CHANGED = "law_changed"


@dataclass(frozen=True, slots=True)
class Added:
    """A material beyond the list, and the floor manager who allowed it (domain.md I03: a second supplement, 二次补正).

    ``at_ms`` UTC milliseconds.
    """

    material: str
    reason: AddingReason
    manager: str
    at_ms: int

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {**asdict(self), "reason": self.reason.value}

    @staticmethod
    def from_json(value: Mapping[str, Any]) -> "Added":
        """Read what ``to_json`` made.

        Raises:
            ValueError: a reason that is none.
            TypeError: a field is missing or too many.
        """
        return Added(**{**value, "reason": AddingReason(value["reason"])})


@dataclass(frozen=True, slots=True)
class Supplement:
    """The case of an open notice and the ids of its frozen list (domain.md I03: everything was told at once).

    ``added`` are materials beyond it that the floor manager allowed at this visit.
    """

    case_id: str
    case_no: str
    listed: frozenset[str]
    added: tuple[Added, ...] = ()

    @property
    def askable(self) -> frozenset[str]:
        """The ids of everything that may be asked for."""
        return self.listed | {each.material for each in self.added}

    def check(self, material_id: str, mark: Mark) -> None:
        """Check that nothing new is asked for.

        Raises:
            WorkRefused: a fault of a material that the notice did not name and no manager allowed.
        """
        if mark.verdict in SHORT and material_id not in self.askable:
            raise WorkRefused(WorkRefusal.NOT_IN_NOTICE)

    def allowing(self, added: Added) -> "Supplement":
        """Return the notice with one more material that may be asked for."""
        return replace(self, added=(*(each for each in self.added if each.material != added.material), added))


def supplement_of(case: Case) -> Supplement | None:
    """Return the open notice of a case; None where it has none."""
    if case.notice is None:
        return None
    return Supplement(case.case_id, case.case_no, frozenset(listed(case.notice)))


def listed(notice: Mapping[str, object]) -> tuple[str, ...]:
    """Return the material ids of a frozen list, in its order."""
    lines = notice["lines"]
    assert isinstance(lines, list | tuple), "a notice has lines"
    return tuple(each["material"] for each in lines)
