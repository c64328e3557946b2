"""冲突 at the reviewer's desk, Ctrl+S: the oldest that waits, what stands there, and its ways out by digit."""

from functools import partial

from app.domain.conflict import How
from app.usecases.resolve_conflict import resolve_conflict
from ui.screens.counter.build.conflict_words import differences, said_here, stands, title, way, why
from ui.screens.counter.conflict_tasks import ConflictTask
from ui.screens.floor.view_model import SheetRow, SheetView, StripView
from ui.screens.review.parts import ReviewParts
from ui.screens.review.state import Ask, Question, ReviewState
from ui.texts import text


def conflict_question(state: ReviewState) -> Ask | None:
    """Return the question about the oldest conflict; ``way`` is its number in this counter's log."""
    waiting = state.facts.conflicts if state.facts is not None else ()
    return Ask(Question.CONFLICT, state.chosen, way=waiting[0].seq) if waiting else None


def conflict_of(state: ReviewState, ask: Ask) -> ConflictTask | None:
    """Return what is asked about; None where it is resolved meanwhile."""
    waiting = state.facts.conflicts if state.facts is not None else ()
    return next((each for each in waiting if each.seq == ask.way), None)


def conflict_typed(state: ReviewState, ask: Ask, sign: str) -> "partial[str] | None":
    """Return the act that a digit asks for; None for another sign, or another question."""
    task = conflict_of(state, ask) if ask.question is Question.CONFLICT else None
    number = int(sign) if sign.isdecimal() else 0
    return partial(resolve, seq=ask.way, how=task.ways[number - 1]) if task and 1 <= number <= len(task.ways) else None


def resolve(parts: ReviewParts, seq: int, how: How) -> str:
    """Record how a conflict was resolved; what is done anew is done with the desk's own keys."""
    resolve_conflict(parts.store, seq, how, parts.clerk)
    parts.wake_records()
    return text(f"conflict_{how.value}")


def conflict_strip(state: ReviewState, ask: Ask) -> StripView | None:
    """Return the question above the keys."""
    task = conflict_of(state, ask)
    if task is None:
        return None
    hints = tuple((str(n), way(task, how)[0]) for n, how in enumerate(task.ways, start=1))
    return StripView("没有入账，怎么办？", title(task), hints=hints)


def conflict_sheet(state: ReviewState, ask: Ask) -> SheetView | None:
    """Return what is known of it."""
    task, facts = conflict_of(state, ask), state.facts
    if task is None or facts is None:
        return None
    versions = facts.catalogues.get(task.case.catalogue_version) if task.case is not None else None
    rows = (
        ("您办的", f"{said_here(task, state.number, state.now_ms)}，{why(task)}"),
        ("现在", stands(task, state.now_ms)),
        *(("不同", each) for each in differences(task, versions or facts.catalogue)),
        *((str(n), "，".join(way(task, how)[:2])) for n, how in enumerate(task.ways, start=1)),
    )
    return SheetView(title(task), "按数字选", ("", ""), (14, 86), tuple(map(SheetRow, rows)), "")
