"""Ctrl+O 部门答复: which case, and how its applicant is told; the slip prints here (rules L02, I03, I04)."""

from functools import partial
from typing import TYPE_CHECKING, Final

from app.domain.decision import ToldHow
from app.usecases.open_day import open_day
from app.usecases.tell_answer import tell_answer
from ui.screens.counter.acts import Done, look
from ui.screens.counter.answer_intents import OpenAnswers
from ui.screens.counter.build.answers import HOW, SHOWN, how_question, list_question
from ui.screens.counter.case_question import heard, listing, meant
from ui.screens.counter.parts import CounterParts
from ui.screens.counter.state import Ask

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter

LISTED: Final = "answers"
TOLD: Final = "answer_told"
KEPT: Final = "answer_told_done"
"""The sentence after somebody was told."""


def handle(presenter: "CounterPresenter", intent: object) -> bool:
    """Take Ctrl+O, and the digits of its questions."""
    if isinstance(intent, OpenAnswers):
        waiting = presenter.state.answers[:SHOWN]
        if waiting:
            presenter.update(ask=Ask(listing(LISTED, waiting), list_question(waiting)), message="")
        return True
    return heard(presenter, intent, {LISTED, TOLD}, _answer)


def _answer(presenter: "CounterPresenter", ask: Ask, number: int) -> None:
    """Take a digit of either question; what came meanwhile does not move the numbers."""
    case = meant(ask, number, LISTED, presenter.state.answers)
    if case is None:
        return
    if ask.kind.startswith(f"{LISTED}:"):
        presenter.update(ask=Ask(f"{TOLD}:{case.case_id}", how_question(case)))
    elif 1 <= number <= len(HOW):
        presenter.update(ask=None)
        presenter.act(partial(tell, case_id=case.case_id, how=HOW[number - 1][0]))


def tell(parts: CounterParts, case_id: str, how: ToldHow) -> Done:
    """Record that the applicant was told; the slip prints where they are here."""
    open_day(parts.store, parts.clock, parts.clerk)
    job = tell_answer(parts.store, parts.clock, parts.templates, case_id, how=how, by=parts.clerk)
    parts.wake_sync()
    if job is not None:
        parts.wake_printer()
    return Done(look(parts).facts, KEPT)
