"""What a work card knows of the notice it came back with: whose case it is, and the one list that may be asked for."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.case import Case
from app.domain.work.materials import SHORT, Mark
from app.domain.work.refusal import WorkRefusal, WorkRefused


@dataclass(frozen=True, slots=True)
class Supplement:
    """The case of an open notice and the ids of its frozen list (domain.md I03: everything was told at once)."""

    case_id: str
    case_no: str
    listed: frozenset[str]

    def check(self, material_id: str, mark: Mark) -> None:
        """Check that nothing new is asked for.

        Raises:
            WorkRefused: a fault of a material that the notice did not name.
        """
        if mark.verdict in SHORT and material_id not in self.listed:
            raise WorkRefused(WorkRefusal.NOT_IN_NOTICE)


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
