"""How a case in a ledger stands with its limit on the day the row is read: light and working days left (rule I06)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.calendar import WorkCalendar
from app.domain.case import CaseState
from app.domain.case_clock import days_stopped
from app.domain.deadline import Light, LightLimits, light, remaining_workdays
from sync.server.storage.ledger_sources import SourceRow

WORDS: Final[Mapping[Light, str]] = {Light.GREEN: "绿", Light.BLUE: "蓝", Light.YELLOW: "黄", Light.RED: "红"}
_RUNNING = frozenset({CaseState.ACCEPTED, CaseState.REVIEWING, CaseState.SUSPENDED})


@dataclass(frozen=True, slots=True)
class DueState:
    """The light of a running case, and the working days left until its due day: negative when that is past."""

    light: str
    left: int


@dataclass(frozen=True, slots=True)
class Today:
    """What the clock of a case is read by: the day, the working days, and when lights change colour."""

    day: date
    calendar: WorkCalendar
    lights: LightLimits

    def due_state(self, row: SourceRow) -> DueState | None:
        """Return how the case of a row stands; None where no limit runs (any more)."""
        due = row.promised_due or row.statutory_due
        if due is None or row.accepted_on is None or row.state not in _RUNNING:
            return None
        begun, last, pauses = date.fromisoformat(row.accepted_on), date.fromisoformat(due), days_stopped(row.clock)
        colour = light(begun, self.day, last, self.calendar, pauses, limits=self.lights)
        return DueState(WORDS[colour], remaining_workdays(self.day, last, self.calendar, pauses))
