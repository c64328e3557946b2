"""引导: where a citizen goes once the step here is done (domain rule I08), read from what the items published."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.case import Case, CaseState
from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.item import NextStep
from app.domain.catalogue.organisation import ALL_ITEMS, Window
from app.domain.transfer import WindowLine

ALWAYS = "总是"
"""The condition of a published next step that holds for everybody."""
UNSOLVED_KIND = "办不成事"
"""Part of the published kind of the window for what could not be done (domain rule L09)."""
UNSOLVED_WORDS = "反映没有办成的事"
TOLD_TWICE = 2
"""From the second notice on the citizen is shown the window for what could not be done (domain rule L09)."""

_DONE_HERE = frozenset({CaseState.ACCEPTED, CaseState.DELIVERED, CaseState.RECEIVED})


@dataclass(frozen=True, slots=True)
class Goal:
    """The next window as published, the business whose numbers it calls, what is done there, and what comes after.

    ``queue`` says that the citizen goes there now, so that a number is taken; a step that hangs on a condition has
    its number taken when the condition is met. ``after`` is empty where nothing follows. ``urged`` is False where this
    window does the business too, so that nobody need go; ``anywhere`` says that every window of the business will do.
    """

    window: str
    business: str
    todo: str
    after: str = ""
    queue: bool = True
    urged: bool = True
    anywhere: bool = False


@dataclass(frozen=True, slots=True)
class TakenNumber:
    """A number taken for the citizen, and how many wait before it."""

    number: str
    ahead: int


def goal_of(case: Case | None, catalogue: Catalogue, own: str) -> Goal | None:
    """Return where the citizen of window ``own`` goes after the paper of this case; None where nothing is published."""
    if case is None:
        return None
    if case.state in _DONE_HERE:
        return _next_step(case, catalogue, own)
    told = case.notice["count"] if case.notice and case.state is CaseState.SUPPLEMENT_NOTICED else 0
    if case.state is CaseState.REFUSED or told >= TOLD_TWICE:
        return _unsolved(catalogue, own)
    return None


def chosen_window(lines: Iterable[WindowLine], goal: Goal, own: str) -> str:
    """Return the published window if it is open, else the open one of its business with the shortest line.

    Where every window of the business will do it is the shortest line at once. Where none is open, or the hall did not
    answer, it is the published one.
    """
    there = [each for each in lines if each.open and each.window != own]
    if not goal.anywhere and any(each.window == goal.window for each in there):
        return goal.window
    same = (each for each in there if goal.business in each.businesses)
    best = min(same, key=lambda each: each.waiting, default=None)
    return goal.window if best is None else best.window


def _next_step(case: Case, catalogue: Catalogue, own: str) -> Goal | None:
    item = catalogue.items.get(case.item_id)
    steps = item.next if item is not None else ()
    places = {n: window for n, each in enumerate(steps) if (window := _place(each, catalogue, own)) is not None}
    elsewhere = [n for n, window in places.items() if window.number != own]
    # What holds for everybody comes before what hangs on a condition.
    first = next((n for n in elsewhere if steps[n].when == ALWAYS), elsewhere[0] if elsewhere else None)
    if first is None:
        return None
    after = next((n for n in places if n != first), None)
    return Goal(
        window=places[first].number,
        business=_business(places[first], steps[first], catalogue),
        todo=_words(steps[first], catalogue),
        after="" if after is None else f"{places[after].number}窗口 {_words(steps[after], catalogue)}",
        queue=steps[first].when == ALWAYS,
    )


def _place(step: NextStep, catalogue: Catalogue, own: str) -> Window | None:
    """Return the window of a step: the one it names, else one that serves its item, best this very window."""
    if step.window is not None:
        return catalogue.windows.get(step.window)
    if step.item is None:
        return None
    serving = [each for each in catalogue.windows.values() if {step.item, ALL_ITEMS} & set(each.items)]
    return next((each for each in serving if each.number == own), serving[0] if serving else None)


def _business(window: Window, step: NextStep, catalogue: Catalogue) -> str:
    """Return the business that a number is taken for; empty where the window calls none."""
    there = catalogue.businesses_at_window(window.number)
    fitting = [each.code for each in there if step.item is not None and {step.item, ALL_ITEMS} & set(each.items)]
    return next(iter((*fitting, *(each.code for each in there))), "")


def _words(step: NextStep, catalogue: Catalogue) -> str:
    item = catalogue.items.get(step.item or "")
    words = step.do or (item.short if item is not None else "")
    return words if step.when == ALWAYS else f"{words}（{step.when}）"


def _unsolved(catalogue: Catalogue, own: str) -> Goal | None:
    window = next((each for each in catalogue.windows.values() if UNSOLVED_KIND in each.kind), None)
    if window is None or window.number == own:
        return None
    there = catalogue.businesses_at_window(window.number)
    return Goal(window.number, there[0].code if there else "", UNSOLVED_WORDS)
