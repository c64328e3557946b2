"""Three windows, reserved blocks and everything that can come between: by days with a direction, and by Hypothesis.

``HALLS=2000 pytest tests/simulation/test_small_hall.py`` is longer.
"""

import os
from collections.abc import Callable, Sequence

import pytest
from hall_in_a_box.day_mutants import DAY_MUTANTS, days_to_kill
from hall_in_a_box.disk import Cut
from hall_in_a_box.schedules import Day
from hall_in_a_box.shrunk import SHRUNK, Step
from hall_in_a_box.small_hall import BEHIND_THE_CLERK, THREE, SmallHall
from hall_in_a_box.timeline import Violation
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

HALLS = int(os.environ.get("HALLS", "12"))
"""So many days by a schedule, and so many halls by Hypothesis."""
MOST_DAYS_TO_KILL = 60
Record = Callable[[str, object], None]

WINDOW = st.integers(0, len(THREE) - 1)
SOME = st.integers(0, 5)
CUT = st.sampled_from(Cut)


def test_a_day_of_reserved_blocks_keeps_every_promise() -> None:
    days = [Day(seed).live() for seed in range(1, HALLS + 1)]
    broken = [each.report() for each in days if each.violation]
    assert not broken, broken[0]


def test_the_same_day_is_lived_again() -> None:
    day = Day(7).live()
    assert day == Day(7).live()
    assert day.steps != Day(8).live().steps


@pytest.mark.parametrize("name", DAY_MUTANTS)
def test_a_mistake_about_blocks_is_caught(name: str, record_property: Record) -> None:
    kill = days_to_kill(DAY_MUTANTS[name], MOST_DAYS_TO_KILL)
    assert kill is not None
    record_property("mutant", f"{name}: killed by {kill.seeds} days ({kill.violation})")


class HallMachine(RuleBasedStateMachine):
    """Every step of the small hall as Hypothesis likes; in the end everybody is served."""

    def __init__(self) -> None:
        super().__init__()
        self.hall = SmallHall()

    @initialize(numbers=st.integers(2, 5), n=WINDOW, count=SOME)
    def begins(self, numbers: int, n: int, count: int) -> None:
        for _ in range(numbers):
            self.hall.step(self.hall.issue)
        self.hall.step(lambda: self.hall.prepare(n, count))
        self.hall.step(self.hall.windows[n].sync)

    @rule()
    def issue(self) -> None:
        self.hall.step(self.hall.issue)

    @rule(n=WINDOW, comes=st.booleans())
    def turn(self, n: int, comes: bool) -> None:  # noqa: FBT001 - Hypothesis names it
        self.hall.step(lambda: self.hall.turn(n, comes=comes))

    @rule(n=WINDOW, which=SOME)
    def present(self, n: int, which: int) -> None:
        self.hall.step(lambda: self.hall.present(n, which))

    @rule(n=WINDOW)
    def ask(self, n: int) -> None:
        self.hall.step(lambda: self.hall.ask(n))

    @rule(n=WINDOW, count=SOME)
    def prepare(self, n: int, count: int) -> None:
        self.hall.step(lambda: self.hall.prepare(n, count))

    @rule(n=WINDOW)
    def release(self, n: int) -> None:
        self.hall.step(lambda: self.hall.release(n))

    @rule(n=WINDOW)
    def fence(self, n: int) -> None:
        self.hall.step(lambda: self.hall.fence(n))

    @rule(which=SOME)
    def fence_again(self, which: int) -> None:
        self.hall.step(lambda: self.hall.fence_again(which))

    @rule(n=WINDOW, requests=st.integers(1, 8))
    def sync(self, n: int, requests: int) -> None:
        self.hall.step(lambda: self.hall.windows[n].sync(requests))

    @rule(n=WINDOW)
    def cut(self, n: int) -> None:
        self.hall.windows[n].line.cut = True

    @rule(n=WINDOW)
    def heal(self, n: int) -> None:
        self.hall.windows[n].line.cut = False

    @rule(n=WINDOW)
    def lose_the_answer(self, n: int) -> None:
        self.hall.windows[n].line.loses = True

    @rule(n=WINDOW, which=SOME)
    def an_old_request_arrives(self, n: int, which: int) -> None:
        self.hall.step(lambda: self.hall.late(n, which))

    @rule(n=WINDOW, verb=st.sampled_from(BEHIND_THE_CLERK))
    def turn_meanwhile(self, n: int, verb: str) -> None:
        self.hall.windows[n].busy(verb, lambda: self.hall.turn(n))

    @rule(n=WINDOW)
    def rot(self, n: int) -> None:
        self.hall.step(lambda: self.hall.spoil(n))

    @rule(n=WINDOW)
    def crash(self, n: int) -> None:
        self.hall.step(self.hall.windows[n].crash)

    @rule(n=WINDOW, when=CUT)
    def crash_at_commit(self, n: int, when: Cut) -> None:
        self.hall.windows[n].falls(when)

    @rule()
    def crash_the_server(self) -> None:
        self.hall.step(self.hall.server_crash)

    @rule(when=CUT)
    def crash_the_server_at_commit(self, when: Cut) -> None:
        self.hall.server_falls(when)

    def teardown(self) -> None:
        self.hall.end_well()


class TestHall(HallMachine.TestCase):  # type: ignore[name-defined,misc] # Hypothesis makes it
    settings = settings(
        max_examples=HALLS,
        stateful_step_count=40,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


@pytest.mark.parametrize("name", DAY_MUTANTS)
def test_what_hypothesis_found_is_found_again_and_is_no_fault_of_the_product(name: str) -> None:
    live_through(SHRUNK[name])
    with DAY_MUTANTS[name](), pytest.raises(Violation):
        live_through(SHRUNK[name])


def live_through(steps: Sequence[Step]) -> None:
    """Live a history again, and let it end well."""
    machine = HallMachine()
    for name, given in steps:
        getattr(machine, name)(**given)
    machine.teardown()
