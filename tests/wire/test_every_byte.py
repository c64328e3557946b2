"""A receipt cut off at any border of its commands is one paper or a question; every byte: ``make spool``."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from every_byte.breaks import Break, Point, breaks
from every_byte.mutants import MUTANTS
from every_byte.nursery import MOMENTS, Nursery
from every_byte.receipt import Wire, prepare
from every_byte.trial import Outcome, attempt

from app.ports.spool import JobState

CABLE, POWER, PRINTER, RESET, DROP = range(5)
"""The breaks, in the order of ``breaks()``."""


@pytest.fixture(scope="module")
def wire(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Wire]:
    store = tmp_path_factory.mktemp("prepared") / "counter.db"
    return store, prepare(store)


@pytest.fixture(scope="module")
def each_break() -> Iterator[list[Break]]:
    with Nursery() as nursery:
        yield list(breaks(nursery).values())


@pytest.fixture(scope="module")
def outcome(wire: tuple[Path, Wire], each_break: list[Break]) -> Callable[[int, Point], Outcome]:
    return lambda number, at: attempt(wire[0], each_break[number], at)


def test_at_every_border_of_its_commands_a_receipt_is_one_paper_or_a_question(
    wire: tuple[Path, Wire], outcome: Callable[[int, Point], Outcome], record_property: Callable[[str, object], None]
) -> None:
    """The borders take turns with three breaks; offset 9 is the last byte before the receipt."""
    borders = wire[1].boundaries
    broken = {
        (at, number): found.violation
        for turn, at in enumerate(borders)
        for number in (turn % (PRINTER + 1),)
        if (found := outcome(number, at)).violation
    }
    assert broken == {}
    record_property("a receipt cut off at a border of its commands", f"{len(borders)} trials, 0 promises broken")


@pytest.mark.parametrize(("number", "cut_off"), [(CABLE, 1), (POWER, 1), (PRINTER, 0), (RESET, 0), (DROP, 1)])
def test_what_is_told_at_the_edges_is_true(
    wire: tuple[Path, Wire], outcome: Callable[[int, Point], Outcome], number: int, cut_off: int
) -> None:
    """``cut_off``: whether a printer that got the cut but could not answer has cut the paper."""
    edges = wire[1]
    before, first, last, unanswered, behind = (
        outcome(number, at)
        for at in (edges.begins - 1, edges.begins + 1, edges.ends - 1, edges.answered - 1, edges.answered + 1)
    )
    assert before == behind == Outcome(JobState.PRINTED, 1, JobState.PRINTED, 1, 0)
    assert first == last == Outcome(JobState.UNKNOWN, 0, JobState.PRINTED, 1, 1)
    assert unanswered == Outcome(JobState.UNKNOWN, cut_off, JobState.PRINTED, 1, 1 - cut_off)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_process_killed_between_two_bytes_leaves_a_question(
    outcome: Callable[[int, Point], Outcome], moment: str
) -> None:
    found = outcome(POWER, moment)
    assert found.violation is None
    assert found.told is JobState.UNKNOWN


@pytest.mark.parametrize(
    ("name", "number", "says"),
    [
        ("what is in doubt is sent again", CABLE, "2 papers that nobody asked for"),
        ("what the line took counts as printed", CABLE, "told as printed, and no paper: lost"),
        ("what was on the wire at a crash is sent again", POWER, "2 papers that nobody asked for"),
    ],
)
def test_a_classic_mistake_of_a_spooler_is_caught(
    wire: tuple[Path, Wire], each_break: list[Break], name: str, number: int, says: str
) -> None:
    store, edges = wire
    at = edges.ends - 1 if "no paper" in says else edges.ends
    assert attempt(store, each_break[number], at, MUTANTS[name]).violation == says
