"""Ctrl+S 冲突: what the server could not take becomes a task here; each is resolved by a digit, never by itself."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from app.domain.conflict import How
from app.usecases.open_day import open_day
from app.usecases.resolve_conflict import resolve_conflict
from ui.screens.counter import acts, search
from ui.screens.counter.acts import Done, NotDone
from ui.screens.counter.build.conflicts import CHOSEN, MORE, SHOWN, list_question, which_way
from ui.screens.counter.case_question import heard
from ui.screens.counter.conflict_tasks import ConflictTask, OpenConflicts
from ui.screens.counter.parts import CounterParts
from ui.screens.counter.state import Ask
from ui.screens.search.state import SearchState

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter

LISTED: Final = "conflicts"
NONE: Final = "no_conflicts"


def handle(presenter: "CounterPresenter", intent: object) -> bool:
    """Take Ctrl+S, and the digits of its questions."""
    if isinstance(intent, OpenConflicts):
        _list(presenter, 0)
        return True
    return heard(presenter, intent, {LISTED, CHOSEN}, _answer)


def _list(presenter: "CounterPresenter", first: int) -> None:
    """Ask which one, from the ``first`` on; one alone is asked about at once."""
    tasks = presenter.state.conflicts
    page = tasks[first : first + SHOWN]
    if not page:
        presenter.update(ask=None, message=NONE)
    elif len(tasks) == 1:
        _choose(presenter, page[0])
    else:
        asked = ",".join(str(each.seq) for each in page)
        view = list_question(presenter.state, page, max(0, len(tasks) - first - SHOWN))
        presenter.update(ask=Ask(f"{LISTED}:{first}:{asked}", view), message="")


def _choose(presenter: "CounterPresenter", task: ConflictTask) -> None:
    presenter.update(ask=Ask(f"{CHOSEN}:{task.seq}", which_way(task)), message="")


def _answer(presenter: "CounterPresenter", ask: Ask, number: int) -> None:
    kind, _, rest = ask.kind.partition(":")
    if kind == LISTED:
        first, _, asked = rest.partition(":")
        if number == MORE and len(presenter.state.conflicts) > int(first) + SHOWN:
            _list(presenter, int(first) + SHOWN)
            return
        seqs = asked.split(",")
        task = _task(presenter, int(seqs[number - 1])) if 1 <= number <= len(seqs) else None
        if task is not None:
            _choose(presenter, task)
        return
    task = _task(presenter, int(rest))
    if task is not None and 1 <= number <= len(task.ways):
        _resolve(presenter, task, task.ways[number - 1])


def _task(presenter: "CounterPresenter", seq: int) -> ConflictTask | None:
    return next((each for each in presenter.state.conflicts if each.seq == seq), None)


def _resolve(presenter: "CounterPresenter", task: ConflictTask, how: How) -> None:
    presenter.update(ask=None)
    opened = task.case.case_no if task.case is not None and how is How.REDO else ""
    presenter.aside(partial(resolve, seq=task.seq, how=how), partial(_resolved, presenter, opened))


def resolve(parts: CounterParts, seq: int, how: How) -> Done:
    """Record how a conflict was resolved."""
    open_day(parts.store, parts.clock, parts.clerk)
    resolve_conflict(parts.store, seq, how, parts.clerk)
    parts.wake_sync()
    parts.wake_printer()
    return Done(acts.look(parts).facts, f"conflict_{how.value}")


def _resolved(presenter: "CounterPresenter", opened: str, answer: object) -> None:
    """Say what was recorded; what is done anew opens where F7 opens a found case."""
    if isinstance(answer, Done | NotDone):
        code = answer.message if isinstance(answer, Done) else answer.code
        if opened and isinstance(answer, Done) and presenter.state.over is None:
            search.open_scanned(presenter, opened)
            over = presenter.state.over
            presenter.update(over=replace(over, message=code) if isinstance(over, SearchState) else over)
        else:
            presenter.update(message=code)
        presenter.look()
