"""Ctrl+D 联系上级: which case, and what the higher authority said; the next contact counts from today (rule I07)."""

from functools import partial
from typing import TYPE_CHECKING, Final

from app.domain.upward import UpwardStage
from app.usecases.open_day import open_day
from app.usecases.report_upward import note_contact
from ui.screens.counter.acts import Done, look
from ui.screens.counter.build.upward import SHOWN, asked_about, list_question, said, said_question
from ui.screens.counter.case_question import heard, listing, meant
from ui.screens.counter.parts import CounterParts
from ui.screens.counter.state import Ask
from ui.screens.counter.upward_intents import OpenUpward

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter

LISTED: Final = "upward"
SAID: Final = "upward_said"
KEPT: Final = "upward_noted_done"
"""The sentence after a contact was noted."""


def handle(presenter: "CounterPresenter", intent: object) -> bool:
    """Take Ctrl+D, and the digits of its questions."""
    state = presenter.state
    if isinstance(intent, OpenUpward):
        waiting = asked_about(state)[:SHOWN]
        if waiting:
            presenter.update(ask=Ask(listing(LISTED, waiting), list_question(state, waiting)), message="")
        return True
    return heard(presenter, intent, {LISTED, SAID}, _answer)


def _answer(presenter: "CounterPresenter", ask: Ask, number: int) -> None:
    """Take a digit of either question; what came meanwhile does not move the numbers."""
    case = meant(ask, number, LISTED, asked_about(presenter.state))
    if case is None:
        return
    if ask.kind.startswith(f"{LISTED}:"):
        presenter.update(ask=Ask(f"{SAID}:{case.case_id}", said_question(case)))
    elif 1 <= number <= len(said(case)):
        words, stage = said(case)[number - 1]
        presenter.update(ask=None)
        presenter.act(partial(note, case_id=case.case_id, words=words, stage=stage))


def note(parts: CounterParts, case_id: str, words: str, stage: UpwardStage | None) -> Done:
    """Note what the higher authority said."""
    open_day(parts.store, parts.clock, parts.clerk)
    note_contact(parts.store, parts.clock, case_id, words, stage=stage, by=parts.clerk)
    parts.wake_sync()
    return Done(look(parts).facts, KEPT)
