"""What befalls whom, decided every twenty seconds: cut lines, power cuts, full disks, clocks that jump."""

from collections.abc import Callable, Sequence
from functools import partial

from hall_in_a_box.central import NAME, CentralMachine
from hall_in_a_box.counter import CounterMachine
from hall_in_a_box.ground import KIOSK, WINDOWS
from hall_in_a_box.misfortune import Weather
from hall_in_a_box.network import Network
from hall_in_a_box.other_life import OtherLives
from hall_in_a_box.seen import Seen
from hall_in_a_box.timeline import SECOND, Timeline

FRONT_MS = 20 * SECOND
"""How often the weather changes."""
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
JUMP_MS = 6 * HOUR
"""How far a counter's clock may jump; the server's, which others set their watch by, an hour."""


class Fate:
    """Hangs on the weather: in fine weather nothing befalls anybody any more, and what lasts is over soon."""

    def __init__(
        self,
        timeline: Timeline,
        *,
        weather: Weather,
        network: Network,
        central: CentralMachine,
        counters: Sequence[CounterMachine],
        lives: OtherLives,
    ) -> None:
        self._timeline = timeline
        self._weather = weather
        self._network = network
        self._central = central
        self._counters = counters
        self._machines: list[CentralMachine | CounterMachine] = [central, *counters]
        self.asleep = False
        self._acts: dict[str, Callable[[], object]] = {
            "partition": self._lose_a_line,
            "long_partition": self._lose_a_line_for_long,
            "crash": lambda: self._any().fail(),
            "backup": self._back_up,
            "lost_disk": central.lose_disk,
            "copied_disk": lambda: lives.keep_image(counters),
            "other_disk": lambda: lives.befall(counters),
            "disk_full": lambda: self._fill(self._any()),
            "clock_jump": lambda: self._jump(self._any()),
        }

    def decide(self) -> None:
        """Let come what may, and decide again in a while."""
        if self.asleep:
            return
        self._timeline.after(FRONT_MS, self.decide)
        for name, act in self._acts.items():
            if self._timeline.happens(getattr(self._weather, name)):
                act()

    def _lose_a_line(self) -> None:
        self._timeline.seen[Seen.CUT_OFF] += 1
        party = self._timeline.chance.choice([*WINDOWS, KIOSK])
        self.cut_off(party, self._timeline.between(5 * SECOND, 90 * SECOND))

    def _lose_a_line_for_long(self) -> None:
        self._timeline.seen[Seen.CUT_OFF_FOR_LONG] += 1
        self.cut_off(self._timeline.chance.choice(list(WINDOWS)), self._timeline.between(5 * MINUTE, HOUR))

    def _back_up(self) -> None:
        if all(each.registered for each in self._counters):
            self._central.back_up()

    def clear_up(self) -> None:
        """Put right what would last: lines, disks, clocks."""
        self._weather.clear_up()
        self._network.heal_all()
        for each in self._machines:
            each.disk.make_room()
            each.clock.skew_ms = 0

    def cut_off(self, party: str, lasting_ms: int) -> None:
        """Take the line of a party away for so long."""
        self._timeline.note("network", f"{party} is cut off")
        self._network.cut_off(party)
        self._timeline.after(lasting_ms, partial(self._network.heal, party))

    def _any(self) -> CentralMachine | CounterMachine:
        return self._timeline.chance.choice(self._machines)

    def _fill(self, machine: CentralMachine | CounterMachine) -> None:
        pages = self._timeline.chance.choice((None, 0, 1, 4)) if self._weather.pages_run_out else None
        self._timeline.note(_name(machine), "disk full" if pages is None else f"disk full but for {pages} pages")
        machine.disk.fill(pages)
        self._timeline.after(self._timeline.between(10 * SECOND, 60 * SECOND), machine.disk.make_room)

    def _jump(self, machine: CentralMachine | CounterMachine) -> None:
        most_ms = HOUR if isinstance(machine, CentralMachine) else JUMP_MS
        machine.clock.skew_ms = self._timeline.between(-most_ms, most_ms)
        self._timeline.seen[Seen.CLOCK_JUMPED] += 1
        self._timeline.note(_name(machine), f"the clock jumps to {machine.clock.skew_ms / MINUTE:.0f} minutes off")


def _name(machine: CentralMachine | CounterMachine) -> str:
    return machine.window if isinstance(machine, CounterMachine) else NAME
