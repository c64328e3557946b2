"""Section 3 of the work card: which published material got which verdict, and what is still open."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from app.domain.catalogue.checklist import ChecklistLine
from app.domain.work.refusal import WorkRefusal, WorkRefused

MAX_REASON = 200


class Verdict(StrEnum):
    """What the clerk found: 齐, 缺, 不符, 容缺, 免交."""

    OK = "ok"
    MISSING = "missing"
    DEFECTIVE = "defective"
    DEFERRED = "deferred"
    EXEMPT = "exempt"


SETTLED = frozenset({Verdict.OK, Verdict.DEFERRED, Verdict.EXEMPT})
SHORT = frozenset({Verdict.MISSING, Verdict.DEFECTIVE})


@dataclass(frozen=True, slots=True)
class Mark:
    """A verdict with its reason (a published defect or the clerk's words about this material).

    ``check_failed`` records that shared data could not be verified: only then may it be asked for (domain rule L07).
    """

    verdict: Verdict
    reason: str = ""
    check_failed: bool = False


@dataclass(frozen=True, slots=True)
class LineState:
    """One line as the screen shows it.

    ``automatic`` marks were set by the card reader or the data share; a ``waived`` line is not needed, because
    another line of its group suffices; ``recheck`` asks for one more look after an earlier answer changed.
    """

    line: ChecklistLine
    mark: Mark | None
    automatic: bool
    waived: bool
    recheck: bool

    @property
    def open(self) -> bool:
        """Whether the clerk still has to say something about this line."""
        return not self.waived and (self.mark is None or self.recheck)

    @property
    def short(self) -> bool:
        """Whether the citizen has to bring or mend this."""
        return not self.waived and self.mark is not None and self.mark.verdict in SHORT


@dataclass(frozen=True)
class MaterialSheet:
    """The lines due, the marks given, the material ids to look at again; ``card_read``: the applicant's card was."""

    lines: tuple[ChecklistLine, ...]
    marks: Mapping[str, Mark]
    recheck: frozenset[str]
    card_read: bool

    def states(self) -> tuple[LineState, ...]:
        """Return every line with what is known of it, in published order."""
        return self._states

    @cached_property
    def _states(self) -> tuple[LineState, ...]:
        chosen = {line.group: line for line in reversed(self.lines) if line.group and self._settled(line)}
        return tuple(
            LineState(
                line=line,
                mark=self._mark(line),
                automatic=line.material.id not in self.marks and self._mark(line) is not None,
                waived=line.group in chosen and chosen[line.group] is not line,
                recheck=line.material.id in self.recheck,
            )
            for line in self.lines
        )

    def line(self, material_id: str) -> ChecklistLine:
        """Return the line of a material.

        Raises:
            WorkRefused: it is not due, so nothing can be said about it.
        """
        for line in self.lines:
            if line.material.id == material_id:
                return line
        raise WorkRefused(WorkRefusal.NO_SUCH_MATERIAL)

    def checked(self, material_id: str, mark: Mark) -> Mark:
        """Return the mark if the published list allows it for this line.

        Raises:
            WorkRefused: not due, not deferrable, not shared, shared and not failed, or a fault without a short reason.
        """
        line = self.line(material_id)
        if mark.verdict is Verdict.DEFERRED and not line.material.deferrable:
            raise WorkRefused(WorkRefusal.NOT_DEFERRABLE)
        if mark.verdict is Verdict.EXEMPT and not line.exempt:
            raise WorkRefused(WorkRefusal.NOT_SHARED)
        if mark.verdict is Verdict.MISSING and line.exempt and not mark.check_failed:
            raise WorkRefused(WorkRefusal.SHARED_MATERIAL)
        if mark.verdict is Verdict.DEFECTIVE and not mark.reason.strip():
            raise WorkRefused(WorkRefusal.REASON_NEEDED)
        if len(mark.reason) > MAX_REASON:
            raise WorkRefused(WorkRefusal.REASON_TOO_LONG)
        return mark

    def rest_ok(self) -> Mapping[str, Mark]:
        """Return the marks after 其余全齐: every undecided line is 齐, but a choice within a group stays open."""
        undecided = [each.line for each in self.states() if each.open and each.mark is None]
        return {**self.marks, **{each.material.id: Mark(Verdict.OK) for each in undecided if each.group is None}}

    def turned(self, material_id: str, step: int) -> Mark:
        """Return the next mark of the ring 缺 → each published defect → 缺; ``step`` is 1 or -1."""
        present, ring = self.marks.get(material_id), self.reasons(material_id)
        if not ring:
            raise WorkRefused(WorkRefusal.SHARED_MATERIAL)
        reasons = [(each.verdict, each.reason) for each in ring]
        here = (present.verdict, present.reason) if present else None
        at = reasons.index(here) + step if here in reasons else min(step, 0)
        return Mark(ring[at % len(ring)].verdict, ring[at % len(ring)].reason, bool(present and present.check_failed))

    def reasons(self, material_id: str) -> tuple[Mark, ...]:
        """Return the reasons a line may be short for: 缺, unless the data is shared, then each published defect."""
        line, present = self.line(material_id), self.marks.get(material_id)
        missing = () if line.exempt and not (present and present.check_failed) else (Mark(Verdict.MISSING),)
        return (*missing, *(Mark(Verdict.DEFECTIVE, each.what) for each in line.material.defects))

    def _mark(self, line: ChecklistLine) -> Mark | None:
        given = self.marks.get(line.material.id)
        if given is not None:
            return given
        if line.material.identity and self.card_read:
            return Mark(Verdict.OK)
        return Mark(Verdict.EXEMPT) if line.exempt else None

    def _settled(self, line: ChecklistLine) -> bool:
        mark = self._mark(line)
        return mark is not None and mark.verdict in SETTLED
