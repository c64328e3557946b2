"""One run: a hall, five windows, bad weather for so many events, then fine weather until everything is said."""

import traceback
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from app.domain import standing
from hall_in_a_box.auditor import Auditor
from hall_in_a_box.central import CentralMachine
from hall_in_a_box.clerk import ClerkAtWork
from hall_in_a_box.counter import CounterMachine
from hall_in_a_box.crowd import Crowd
from hall_in_a_box.fate import Fate
from hall_in_a_box.floor_manager import PARKED_CARDS, FloorManager
from hall_in_a_box.ground import WINDOWS, ground
from hall_in_a_box.habits import Habits
from hall_in_a_box.misfortune import Power, Weather
from hall_in_a_box.network import Network
from hall_in_a_box.night import Night
from hall_in_a_box.other_life import Loss, OtherLives
from hall_in_a_box.post import Post
from hall_in_a_box.reckoning import UNSETTLED, Reckoning
from hall_in_a_box.seen import Seen
from hall_in_a_box.stores import Stores
from hall_in_a_box.timeline import SECOND, PartyClock, Timeline, Violation

MOST_TO_DRAIN = 6_000
"""Events in fine weather after which something is stuck for good."""
HINT_ARRIVES = 0.8
OVER_AT_ONCE = -1
"""The days for which what is over counts in every second hall, as if it were a month later: windows keep none of it."""
BEFORE_NIGHT = 0.6
"""How much of the bad weather is on the first day."""
PARKED = "SELECT 1 FROM operation WHERE parked IS NOT NULL AND resolved IS NULL"
QUICK = Stores()


@dataclass(frozen=True)
class Outcome:
    """What a run was; ``digest`` is a hash over all of it. ``violation`` is None where every promise was kept.

    ``died`` says that the promise was broken by a program that died.
    """

    seed: int
    events: int
    cases: int
    digest: str
    violation: str | None
    seen: tuple[tuple[str, int], ...]
    trace: tuple[str, ...]
    died: bool = False

    def report(self) -> str:
        return "\n".join((f"seed {self.seed}, event {self.events}: {self.violation}", *self.trace))


class World:
    """Everything in it hangs on the seed."""

    def __init__(self, seed: int, stores: Stores = QUICK) -> None:
        self._seed = seed
        self._timeline = Timeline(seed)
        self._stores = stores
        self._weather, self._habits = Weather(pages_run_out=seed % 3 == 1), Habits()
        power = Power(self._timeline, self._weather)
        self._central = CentralMachine(
            self._timeline, stores, stores.server_disk(ground().server), power.at_commit, self._hint
        )
        self._network = Network(self._timeline, self._weather, self._central.serve)
        self._crowd = Crowd(self._timeline, self._network)
        self._counters = [self._counter(window, power) for window in WINDOWS]
        self._auditor = Auditor(self._central.disk, {each.window: each.disk for each in self._counters})
        self._posts: dict[str, Post] = {}
        self._clerks: dict[str, ClerkAtWork] = {}
        self._folder = TemporaryDirectory(prefix="hall-")
        self._lives = OtherLives(self._timeline, Path(self._folder.name), self._is_quiet, self._other_disk)
        for each in self._counters:
            loudspeaker = partial(self._auditor.announced, each.window)
            self._posts[each.window] = Post(self._timeline, self._crowd, each, self._habits, loudspeaker)
            self._clerks[each.window] = ClerkAtWork(self._posts[each.window])
            each.shut_out = partial(self._shut_out, each)
        self._fate = Fate(
            self._timeline,
            weather=self._weather,
            network=self._network,
            central=self._central,
            counters=self._counters,
            lives=self._lives,
        )
        self._central.on_backup, self._central.on_restore = self._auditor.remember, self._auditor.forget
        self._manager = FloorManager(
            self._timeline,
            network=self._network,
            central=self._central,
            posts=self._posts,
            habits=self._habits,
            watch=self._auditor.watch,
        )
        self._night = Night(self._timeline, self._crowd, self._habits, self._fate, self._manager)

    def run(self, events: int) -> Outcome:
        """Live through so many events of bad weather, then see that all ends well."""
        violation, died = None, False
        try:
            with patch.object(standing, "KEPT_DAYS", OVER_AT_ONCE if self._seed % 2 else standing.KEPT_DAYS):
                self._live(events)
        except Violation as broken:
            violation = str(broken)
        except Exception:  # noqa: BLE001 - whatever one of the programs dies of is a broken promise too
            violation, died = traceback.format_exc(), True
        finally:
            self._folder.cleanup()
        timeline = self._timeline
        cases = sum(len(each.receipts) for each in self._crowd.citizens)
        digest = timeline.trace.digest()
        seen = tuple(sorted((str(name), times) for name, times in timeline.seen.items()))
        return Outcome(self._seed, timeline.events, cases, digest, violation, seen, tuple(timeline.trace.lines), died)

    def _live(self, events: int) -> None:
        self._begin()
        while self._timeline.events < events * BEFORE_NIGHT:
            self._step()
        self._live_through_night()
        while self._timeline.events < events:
            self._step()
        self._end_well()

    def _begin(self) -> None:
        self._central.boot()
        for each in self._counters:
            each.boot()
        self._begin_day()

    def _step(self) -> None:
        self._timeline.step()
        self._auditor.look()

    def _live_through_night(self) -> None:
        opened: list[bool] = []
        self._night.falls(self._counters, lambda: opened.append(self._open_day()))
        last = self._timeline.events + MOST_TO_DRAIN
        while not opened:
            if self._timeline.events > last:
                raise Violation("in the evening the hall does not come to rest")
            self._step()
        self._begin_day()

    def _open_day(self) -> bool:
        for each in self._clerks.values():
            each.registered_again()
        return True

    def _begin_day(self) -> None:
        self._crowd.next_comes()
        self._fate.decide()
        self._manager.look_round()

    def _end_well(self) -> None:
        self._fate.clear_up()
        self._habits.settle()
        self._crowd.coming, self._crowd.eager = False, True
        last = self._timeline.events + MOST_TO_DRAIN
        while not self._all_said():
            if self._timeline.events > last:
                raise Violation("in fine weather the hall does not come to rest")
            self._step()
        self._auditor.look()
        reckoning = Reckoning(self._central, self._counters, self._crowd, self._auditor)
        reckoning.check()
        self._timeline.seen[Seen.FORGOTTEN] += reckoning.forgotten()

    def _all_said(self) -> bool:
        return (
            self._crowd.all_served()
            and self._central.service is not None
            and all(map(self._at_rest, self._counters))
            and self._auditor.watch.everybody_settled()
            and not self._central.disk.rows(PARKED_CARDS)
        )

    def _is_quiet(self, counter: CounterMachine) -> bool:
        """Nobody is at the window or on the way there, and the server has all that was done there."""
        coming = self._network.unheard_ms(counter.window) or self._crowd.at(counter.window) or not counter.registered
        return self._central.service is not None and not coming and self._has_told(counter)

    def _other_disk(self, counter: CounterMachine, kind: Loss) -> None:
        self._auditor.goes_back(counter.window, kind)
        if kind is not Loss.CLONED:
            self._clerks[counter.window].registered_again()
        self._central.drop_backup()

    def _shut_out(self, counter: CounterMachine) -> None:
        """Send for somebody who makes the store of the counter anew."""
        self._timeline.after(self._timeline.between(10 * SECOND, 60 * SECOND), partial(self._lives.rebuild, counter))

    def _at_rest(self, counter: CounterMachine) -> bool:
        """Everything is told, and everything was heard."""
        [(cursor,)] = counter.disk.rows("SELECT cursor FROM counter_state")
        return self._has_told(counter) and cursor == self._auditor.head

    def _has_told(self, counter: CounterMachine) -> bool:
        """Nobody is at the window, no sign hangs there, no conflict waits, and everything is sent."""
        [(last_seq, acked)] = counter.disk.rows("SELECT last_seq, acked_seq FROM counter_state")
        busy = "SELECT 1 FROM visit WHERE open = 1 OR held_ms IS NOT NULL"
        away = "SELECT 1 FROM pause WHERE ended_ms IS NULL"
        idle = counter.running is not None and not counter.disk.rows(busy) and not counter.disk.rows(away)
        return idle and last_seq == acked and not counter.disk.rows(UNSETTLED) and not counter.disk.rows(PARKED)

    def _hint(self) -> None:
        for each in self._counters:
            if each.listens and self._timeline.happens(HINT_ARRIVES):
                self._timeline.after(self._timeline.between(1, 200), each.hint)

    def _counter(self, window: str, power: Power) -> CounterMachine:
        disk = self._stores.counter_disk(window, PartyClock(Timeline(0), 0))
        disk.execute("UPDATE counter_state SET incarnation = ?", (f"{window}-{self._seed}",))
        return CounterMachine(self._timeline, self._network, self._stores, disk, power, window)
