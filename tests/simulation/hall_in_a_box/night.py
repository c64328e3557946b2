"""The day's end: the last citizens are served, the computers are switched off, and in the morning all begins anew."""

from collections.abc import Callable, Sequence

from hall_in_a_box.counter import CounterMachine
from hall_in_a_box.crowd import Crowd
from hall_in_a_box.fate import HOUR, MINUTE, Fate
from hall_in_a_box.floor_manager import FloorManager
from hall_in_a_box.ground import NEXT_BUSINESS, WINDOWS
from hall_in_a_box.habits import Habits
from hall_in_a_box.seen import Seen
from hall_in_a_box.timeline import IDLE, SECOND, Timeline

NIGHT_MS = 22 * HOUR
CUT_OFF = 2
"""How many windows have no line when the hall closes, and get it back only some time after it opens again."""
BUSY = "SELECT 1 FROM visit WHERE (open = 1 AND state <> 'called') OR held_ms IS NOT NULL"
"""Somebody sits at the window, or is expected back. Whoever was called and is not here keeps nobody in the hall."""


class Night:
    """On the second day numbers are of another business, since each business counts from 001 every day."""

    def __init__(self, timeline: Timeline, crowd: Crowd, habits: Habits, fate: Fate, manager: FloorManager) -> None:
        self._timeline = timeline
        self._crowd = crowd
        self._habits = habits
        self._fate = fate
        self._manager = manager

    def falls(self, counters: Sequence[CounterMachine], opened: Callable[[], None]) -> None:
        """Give no more numbers out; when nobody is left, switch off. ``opened`` hears of the morning."""
        self._timeline.note("hall", "no more numbers today")
        self._crowd.coming = False
        self._crowd.eager = True
        self._habits.end_of_day()
        for window in self._timeline.chance.sample(list(WINDOWS), CUT_OFF):
            self._timeline.seen[Seen.CUT_OFF_OVERNIGHT] += 1
            self._fate.cut_off(window, NIGHT_MS + self._timeline.between(10 * MINUTE, 40 * MINUTE))
        self._close_when_empty(counters, opened)

    def _close_when_empty(self, counters: Sequence[CounterMachine], opened: Callable[[], None]) -> bool | None:
        if not self._crowd.all_served() or any(each.disk.rows(BUSY) for each in counters):
            self._timeline.after(5 * SECOND, lambda: self._close_when_empty(counters, opened))
            return IDLE
        self._timeline.note("hall", "closes")
        self._fate.asleep = self._manager.asleep = True
        for each in counters:
            each.off("is switched off")
        self._timeline.after(NIGHT_MS, lambda: self._open(counters, opened))
        return None

    def _open(self, counters: Sequence[CounterMachine], opened: Callable[[], None]) -> None:
        self._timeline.note("hall", "opens")
        self._timeline.seen[Seen.NIGHT] += 1
        self._habits.morning()
        self._crowd.business, self._crowd.coming, self._crowd.eager = NEXT_BUSINESS, True, False
        for each in counters:
            each.boot()
        self._fate.asleep = self._manager.asleep = False
        opened()
