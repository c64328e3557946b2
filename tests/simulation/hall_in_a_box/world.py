"""One run: a hall, five windows, bad weather for so many events, then fine weather until everything is said."""

import traceback
from dataclasses import dataclass
from functools import partial

from hall_in_a_box.auditor import Auditor
from hall_in_a_box.central import CentralMachine
from hall_in_a_box.clerk import ClerkAtWork
from hall_in_a_box.counter import CounterMachine
from hall_in_a_box.crowd import Crowd
from hall_in_a_box.ground import KIOSK, WINDOWS, ground
from hall_in_a_box.habits import Habits
from hall_in_a_box.misfortune import Power, Weather
from hall_in_a_box.network import Network
from hall_in_a_box.post import Post
from hall_in_a_box.reckoning import Reckoning
from hall_in_a_box.stores import Stores
from hall_in_a_box.timeline import SECOND, PartyClock, Timeline, Violation

FRONT_MS = 20 * SECOND
"""How often the weather changes."""
MOST_TO_DRAIN = 6_000
"""Events in fine weather after which something is stuck for good."""
HINT_ARRIVES = 0.8
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
        self._weather, self._habits = Weather(), Habits()
        power = Power(self._timeline, self._weather)
        self._central = CentralMachine(
            self._timeline, stores, stores.server_disk(ground().server), power.at_commit, self._hint
        )
        self._network = Network(self._timeline, self._weather, self._central.serve)
        self._crowd = Crowd(self._timeline, self._network)
        self._counters = [self._counter(window, power) for window in WINDOWS]
        self._auditor = Auditor(self._central.disk, {each.window: each.disk for each in self._counters})
        for each in self._counters:
            loudspeaker = partial(self._auditor.announced, each.window)
            ClerkAtWork(Post(self._timeline, self._crowd, each, self._habits, loudspeaker))

    def run(self, events: int) -> Outcome:
        """Live through so many events of bad weather, then see that all ends well."""
        violation, died = None, False
        try:
            self._begin()
            while self._timeline.events < events:
                self._step()
            self._end_well()
        except Violation as broken:
            violation = str(broken)
        except Exception:  # noqa: BLE001 - whatever one of the programs dies of is a broken promise too
            violation, died = traceback.format_exc(), True
        timeline = self._timeline
        cases = sum(len(each.receipts) for each in self._crowd.citizens)
        digest = timeline.trace.digest()
        return Outcome(self._seed, timeline.events, cases, digest, violation, tuple(timeline.trace.lines), died)

    def _begin(self) -> None:
        self._central.boot()
        for each in self._counters:
            each.boot()
        self._crowd.next_comes()
        self._change_weather()

    def _step(self) -> None:
        self._timeline.step()
        self._auditor.look()

    def _end_well(self) -> None:
        self._weather.clear_up()
        self._habits.settle()
        self._crowd.coming, self._crowd.eager = False, True
        last = self._timeline.events + MOST_TO_DRAIN
        while not self._all_said():
            if self._timeline.events > last:
                raise Violation("in fine weather the hall does not come to rest")
            self._step()
        self._auditor.look()
        Reckoning(self._central, self._counters, self._crowd, self._auditor).check()

    def _all_said(self) -> bool:
        return (
            self._crowd.all_served()
            and self._central.service is not None
            and all(map(self._at_rest, self._counters))
            and self._auditor.watch.everybody_settled()
        )

    def _at_rest(self, counter: CounterMachine) -> bool:
        """Nobody is at the window, no sign hangs there, everything is sent, and everything was heard."""
        [(last_seq, acked, cursor)] = counter.disk.rows("SELECT last_seq, acked_seq, cursor FROM counter_state")
        head = len(self._auditor.feed)
        busy = "SELECT 1 FROM visit WHERE open = 1 OR held_ms IS NOT NULL"
        away = "SELECT 1 FROM pause WHERE ended_ms IS NULL"
        idle = counter.running is not None and not counter.disk.rows(busy) and not counter.disk.rows(away)
        return idle and last_seq == acked and cursor == head

    def _change_weather(self) -> None:
        self._timeline.after(FRONT_MS, self._change_weather)
        if self._timeline.happens(self._weather.partition):
            party = self._timeline.chance.choice([*WINDOWS, KIOSK])
            self._timeline.note("network", f"{party} is cut off")
            self._network.cut_off(party)
            self._timeline.after(self._timeline.between(5 * SECOND, 90 * SECOND), partial(self._network.heal, party))
        if self._timeline.happens(self._weather.crash):
            machines: list[CentralMachine | CounterMachine] = [self._central, *self._counters]
            self._timeline.chance.choice(machines).fail()

    def _hint(self) -> None:
        for each in self._counters:
            if each.listens and self._timeline.happens(HINT_ARRIVES):
                self._timeline.after(self._timeline.between(1, 200), each.hint)

    def _counter(self, window: str, power: Power) -> CounterMachine:
        disk = self._stores.counter_disk(window, PartyClock(Timeline(0), 0))
        disk.execute("UPDATE counter_state SET incarnation = ?", (f"{window}-{self._seed}",))
        return CounterMachine(self._timeline, self._network, self._stores, disk, power, window)
