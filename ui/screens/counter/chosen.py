"""Shift+F2: with the hall's authority at hand the number typed is called out of turn; without it, it is presented."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from app.domain.chosen import ChosenCall, ChosenReason
from app.usecases.acting import ActRefused
from app.usecases.call_chosen import call_chosen
from app.usecases.open_day import open_day
from app.usecases.present_ticket import ticket_number
from ui import intents
from ui.screens.counter import acts
from ui.screens.counter.acts import Done
from ui.screens.counter.build.chosen import reason_question
from ui.screens.counter.parts import CounterParts
from ui.screens.counter.state import Ask, Entry

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter

KIND = "chosen"
REASONS = tuple(ChosenReason)


def handle(presenter: "CounterPresenter", intent: object) -> bool:
    """Take a number that is typed while the authority answers, and the reason it is called for."""
    ask = presenter.state.ask
    match intent:
        case intents.PresentTicket(text) if not presenter.state.offline:
            return _typed(presenter, text)
        case intents.Answer(number) if ask is not None and ask.kind == KIND:
            _call(presenter, ask, number)
        case intents.ConfirmAnswer() if ask is not None and ask.kind == KIND:
            _call(presenter, ask, 1)
        case _:
            return False
    return True


def _typed(presenter: "CounterPresenter", text: str) -> bool:
    """Ask for the reason when the number can be called; any other is served by presentation, or refused there."""
    try:
        number = ticket_number(text)
    except ActRefused:
        return False
    if number not in presenter.state.line.by_number:
        return False
    ask = Ask(KIND, reason_question(number), typed=number)
    # The Enter that ended the number is still on its way to the window: it must not answer the question too.
    asking = partial(presenter.update, ask=ask, entry=Entry.CLOSED, entry_error="", message="")
    QTimer.singleShot(0, presenter, asking)
    return True


def _call(presenter: "CounterPresenter", ask: Ask, answer: int) -> None:
    if not 1 <= answer <= len(REASONS):
        return
    presenter.update(ask=None)
    presenter.act(partial(call, choice=ChosenCall(ask.typed or "", REASONS[answer - 1])))


def call(parts: CounterParts, choice: ChosenCall) -> Done:
    """Call the number; what was not sent yet goes first, so that nobody is passed over who was put aside."""
    with parts.store.read() as view:
        unsent = view.outbox_length() > 0
    if unsent:
        parts.drain_sync(acts.DRAIN_S)
    open_day(parts.store, parts.clock, parts.clerk)
    call_chosen(parts.store, parts.clock, parts.authority, choice, parts.clerk)
    parts.wake_sync()
    return acts.look(parts)
