"""The floor manager's window as the manager sees it: the figures in its title, and when they were painted."""

import os
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from eyes import Eyes
from hands import Display, Window, until

PLACE = (0, 1085, 1920, 2165)
FIGURES = (650, PLACE[1] + 136, 970, PLACE[1] + 166)
"""The line of the day's figures on the screen: below 今日取号."""
LATEST_MS = 1_000
"""The manager sees an outcome within a second."""


@dataclass
class Sight:
    """What the manager is to see, and when it was on the screen, UTC milliseconds."""

    what: str
    wanted: dict[str, int]
    painted_ms: int = 0


@dataclass
class Floor:
    """``delays`` are the milliseconds from a commit to its figure on the manager's screen."""

    display: Display
    delays: list[tuple[str, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.window = Window(self.display, "^值班台")
        self.window.find(30.0)
        self.window.move(*PLACE[:2], PLACE[2] - PLACE[0], PLACE[3] - PLACE[1])
        self.window.wait_title("办完", 30.0)

    def figures(self) -> dict[str, int]:
        """Return the figures of the title by their names."""
        return {name: int(value) for name, value in re.findall(r"(\w+) (\d+)", self.window.title)}

    @contextmanager
    def sees(self, what: str, within_s: float = 10.0, **more: int) -> Iterator[Sight]:
        """Watch while the clerk presses a key: each figure named is to grow by so much, and to be painted so."""
        before = self.figures()
        sight = Sight(what, {name: before[name] + by for name, by in more.items()})
        watching = threading.Thread(target=self._watch, args=(sight, within_s))
        watching.start()
        try:
            yield sight
        finally:
            watching.join()
        assert sight.painted_ms, f"{what}: the manager's window says {self.window.title!r}, not {sight.wanted}"

    def within_a_second(self, sight: Sight, committed_ms: int) -> None:
        """Hold a sight against the moment its cause was committed.

        Measured is the whole way by the wall clock: from the commit in the counter's store over push, server and feed
        until the dots of the manager's title differ, the watching included. The second is promised of a machine that
        is not busy otherwise; with more that wants to run than there are cores (the load average of the last minute)
        the limit grows in proportion, and the delay itself stands in the album and in the message.
        """
        delay, crowd = sight.painted_ms - committed_ms, max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
        self.delays.append((sight.what, delay))
        assert delay <= LATEST_MS * crowd, f"{sight.what}: the manager saw it after {delay} ms, {crowd:.1f} to a core"

    def _watch(self, sight: Sight, within_s: float) -> None:
        """Wait for the title, then for the dots: what has a new title and old dots was not seen."""
        with Eyes(self.display.name) as eyes:
            old, ends = eyes.look(FIGURES), time.monotonic() + within_s
            until(lambda: time.monotonic() > ends or self._shows(sight), 2 * within_s, "")
            until(lambda: time.monotonic() > ends or eyes.look(FIGURES) != old, 2 * within_s, "")
            if time.monotonic() <= ends:
                sight.painted_ms = time.time_ns() // 1_000_000

    def _shows(self, sight: Sight) -> bool:
        now = self.figures()
        return all(now.get(name, 0) >= value for name, value in sight.wanted.items())
