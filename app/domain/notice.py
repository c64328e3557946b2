"""The one-time notice: what is short and how it is mended, frozen with the case it was told in (domain.md I02, I03)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.domain.catalogue.item import Item
from app.domain.intake import Counting
from app.domain.material_words import bringing_words
from app.domain.work.card import WorkCard
from app.domain.work.materials import LineState, Mark, Verdict

SUPPLEMENT = "补"
"""Behind an item's document prefix: the number of a supplement notice (示食许补)."""


@dataclass(frozen=True, slots=True)
class Short:
    """One line of a notice: the material, whether it is missing or defective, what is wrong, how it is mended."""

    material: str
    name: str
    verdict: Verdict
    what: str
    fix: str


def shorts(card: WorkCard) -> tuple[Short, ...]:
    """Return everything that is short, in published order."""
    return tuple(_short(each, each.mark) for each in card.materials.states() if each.short and each.mark is not None)


def fix_of(state: LineState, mark: Mark) -> str:
    """Return how a fault is mended: as published, else by handing the material in as the list has it."""
    published = {each.what: each.fix for each in state.line.material.defects}
    if published.get(mark.reason):
        return published[mark.reason]
    bring = bringing_words(state.line)
    return bring if mark.verdict is Verdict.MISSING else f"改正后{bring}"


def _short(state: LineState, mark: Mark) -> Short:
    material = state.line.material
    what = mark.reason if mark.verdict is Verdict.DEFECTIVE else "没有提交"
    return Short(material.id, material.name, mark.verdict, what, fix_of(state, mark))


def keep_until(item: Item, today: date) -> date | None:
    """Return the last day on which the draft is kept; None where the item sets no days."""
    return None if item.supplement_days is None else today + timedelta(days=item.supplement_days)


def frozen(card: WorkCard, doc_no: str, today: date, earlier: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the notice as the case keeps it, plain JSON: number, days, list, and how often it was given.

    The list of ``earlier`` stays: a second notice never asks for anything new, it only says what is wrong with a paper
    of the list that was handed in since. What the floor manager allowed beyond it stands at its end, with the reason
    under ``added``.
    """
    now = {each.material: _line(each) for each in shorts(card)}
    if earlier is not None:
        added = [each for each in (card.supplement.added if card.supplement else ()) if each.material in now]
        lines = [now.get(each["material"], each) for each in earlier["lines"]]
        lines += [now[each.material] for each in added]
        more = {"added": [*earlier.get("added", ()), *(each.to_json() for each in added)]} if added else {}
        count = earlier["count"] + 1
        return {**earlier, **more, "doc_no": doc_no, "on": today.isoformat(), "count": count, "lines": lines}
    assert card.item is not None, "a notice is about an item"
    until = keep_until(card.item, today)
    return {
        "doc_no": doc_no,
        "on": today.isoformat(),
        "keep_until": until and until.isoformat(),
        "count": 1,
        "lines": list(now.values()),
    }


def _line(short: Short) -> dict[str, str]:
    return {"material": short.material, "verdict": short.verdict.value, "what": short.what, "fix": short.fix}


def consultation_series(today: date) -> str:
    """Return the name of the series of one-time notices without a case."""
    return f"notice/{today:%Y%m%d}"


def consultation_number(at: Counting, sequence: int) -> str:
    """Return ``GZ20261123-0003-0031``: day, counter, sequence; so no two counters make the same, online or not."""
    return f"GZ{at.today:%Y%m%d}-{at.counter}-{sequence:04}"
