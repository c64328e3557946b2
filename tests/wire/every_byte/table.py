"""The table of what became of a receipt, by break and by byte, in Markdown."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from app.ports.spool import JobState
from every_byte.breaks import Point
from every_byte.trial import Outcome

Found = Sequence[tuple[Point, Outcome]]
HEAD = "| what breaks | behind byte | trials | the counter says | whole papers then | after the clerk's answer |"


def table(by_break: Mapping[str, Found]) -> str:
    """One row for every run of neighbouring bytes that ended the same way; ``Found`` is in the order of the bytes."""
    rows = [row for name, found in by_break.items() for row in _rows(name, found)]
    return "\n".join([HEAD, "|---" * 6 + "|", *rows])


def totals(by_break: Mapping[str, Found]) -> str:
    """One row for every break, and whether a promise was broken."""
    lines = [
        "| what breaks | trials | printed, nobody asked | asked: it lay there | asked: reprinted | broken promises |",
        "|---" * 6 + "|",
    ]
    for name, found in by_break.items():
        outcomes = [outcome for _, outcome in found]
        by_itself = sum(each.told is JobState.PRINTED for each in outcomes)
        reprinted = sum(each.reprints > 0 for each in outcomes)
        asked = len(outcomes) - by_itself - reprinted
        broken = sum(each.violation is not None for each in outcomes)
        lines.append(f"| {name} | {len(outcomes)} | {by_itself} | {asked} | {reprinted} | {broken} |")
    return "\n".join(lines)


def _rows(name: str, found: Found) -> Iterator[str]:
    for (outcome, _), run in groupby(found, key=lambda pair: (pair[1], type(pair[0]))):
        points = [point for point, _ in run]
        where = str(points[0]) if len(points) == 1 else f"{points[0]} to {points[-1]}"
        yield f"| {name} | {where} | {len(points)} | {outcome.told} | {outcome.lying} | {_end(outcome)} |"


def _end(outcome: Outcome) -> str:
    if outcome.violation is not None:
        return f"**{outcome.violation}**"
    if outcome.told is JobState.PRINTED:
        return "not asked"
    return "没出: one paper, 补打 1" if outcome.reprints else "出了: that one paper"
