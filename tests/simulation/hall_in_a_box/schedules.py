"""Days of the small hall made by chance, yet with a direction: what a reserved block goes through comes in its order.

A pure walk meets a release that outlives its fence once in thousands of seeds. Here every day tells that story at one
window, with its parts left out or doubled now and then, and anything else that can happen in between.
"""

import random
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from hall_in_a_box.disk import Cut
from hall_in_a_box.small_hall import BEHIND_THE_CLERK, THREE, SmallHall
from hall_in_a_box.timeline import Violation

Step = tuple[str, Callable[[], object]]
MIXED_IN = 0.3
LEFT_OUT = 0.1
STORIES = 3


@dataclass
class Day:
    """One day by its seed; ``violation`` is None where every promise was kept, ``steps`` say what was done."""

    seed: int
    steps: list[str] = field(default_factory=list)
    violation: str | None = None
    died: bool = False

    def live(self) -> "Day":
        """Live through it."""
        hall, chance = SmallHall(), random.Random(self.seed)
        try:
            for name, act in _day(hall, chance):
                self.steps.append(name)
                hall.step(act)
            self.steps.append("the weather clears up")
            hall.end_well()
        except Violation as broken:
            self.violation = str(broken)
        except Exception:  # noqa: BLE001 - whatever a program dies of is a broken promise too
            self.violation, self.died = traceback.format_exc(), True
        return self

    def report(self) -> str:
        return "\n".join((f"day {self.seed}: {self.violation}", *self.steps))


def _day(hall: SmallHall, chance: random.Random) -> Iterator[Step]:
    yield from (("issue", hall.issue) for _ in range(chance.randint(3, 6)))
    for _ in range(STORIES):
        for step in _story(hall, chance):
            if chance.random() < LEFT_OUT:
                continue
            yield step
            while chance.random() < MIXED_IN:
                yield chance.choice(anything(hall, chance))


def _story(hall: SmallHall, chance: random.Random) -> Iterator[Step]:
    """A block is given to a window, which is cut off, calls some and gives back the rest; a fence ends it as well."""
    n = chance.randrange(len(THREE))
    window, count = hall.windows[n], chance.randrange(1, 4)
    yield f"{n} syncs", window.sync
    yield f"prepare {n} {count}", lambda: hall.prepare(n, count)
    yield f"{n} syncs", window.sync
    yield f"cut {n}", lambda: _cut(hall, n)
    yield from ((f"turn {n}", lambda: hall.turn(n)) for _ in range(chance.choice((0, 0, 1, 4, 5))))
    yield f"{n} gives back", lambda: hall.release(n)
    yield f"fence {n}", lambda: hall.fence(n)
    yield f"prepare {n} {count}", lambda: hall.prepare(n, count)
    yield f"heal {n}", lambda: _heal(hall, n)
    yield f"{n} says one thing", lambda: window.sync(1)
    yield f"{n} turns during a snapshot", lambda: window.busy("snapshot", lambda: hall.turn(n))
    yield f"the mirror of {n} rots", lambda: hall.spoil(n)
    other = chance.randrange(len(THREE))
    yield from ((f"turn {other}", lambda: hall.turn(other)) for _ in range(2))
    yield from ((f"turn {n}", lambda: hall.turn(n)) for _ in range(2))
    yield f"{n} syncs", window.sync


def anything(hall: SmallHall, chance: random.Random) -> Sequence[Step]:
    """Return what may happen next, each as likely as another."""
    n, which, when = chance.randrange(len(THREE)), chance.randrange(6), chance.choice(list(Cut))
    window, verb = hall.windows[n], chance.choice(BEHIND_THE_CLERK)
    return (
        ("issue", hall.issue),
        (f"turn {n}", lambda: hall.turn(n)),
        (f"turn {n}, nobody comes", lambda: hall.turn(n, comes=False)),
        (f"present {which} at {n}", lambda: hall.present(n, which)),
        (f"{n} asks for a block", lambda: hall.ask(n)),
        (f"{n} gives back", lambda: hall.release(n)),
        (f"fence {n}", lambda: hall.fence(n)),
        (f"fence {which} arrives again", lambda: hall.fence_again(which)),
        (f"{n} syncs", window.sync),
        (f"{n} says one thing", lambda: window.sync(1)),
        (f"cut {n}", lambda: _cut(hall, n)),
        (f"heal {n}", lambda: _heal(hall, n)),
        (f"{n} turns during a {verb}", lambda: window.busy(verb, lambda: hall.turn(n))),
        (f"{n} loses an answer", lambda: setattr(window.line, "loses", True)),
        (f"old request {which} of {n} arrives", lambda: hall.late(n, which)),
        (f"the mirror of {n} rots", lambda: hall.spoil(n)),
        (f"power goes at {n}", window.crash),
        (f"power goes at {n} {when}", lambda: window.falls(when)),
        ("power goes at the server", hall.server_crash),
        (f"power goes at the server {when}", lambda: hall.server_falls(when)),
    )


def _cut(hall: SmallHall, n: int) -> None:
    hall.windows[n].line.cut = True


def _heal(hall: SmallHall, n: int) -> None:
    hall.windows[n].line.cut = False
