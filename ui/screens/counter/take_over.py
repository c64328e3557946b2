"""Ctrl+J 接办: the numbered question of what to take over, and its answer."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from app.usecases.take_over import take_over
from ui import intents
from ui.screens.counter.acts import Done, look
from ui.screens.counter.build.take_over import MOST_CHOICES, open_contacts, question
from ui.screens.counter.parts import CounterParts
from ui.screens.counter.state import Ask

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter

KIND = "take_over"
TAKEN = "takeover_done"


def handle(presenter: "CounterPresenter", intent: object) -> bool:
    """Take Ctrl+J, and the digit of its question; Enter is the first answer."""
    if isinstance(intent, intents.TakeOver):
        _open(presenter)
        return True
    ask = presenter.state.ask
    match intent:
        case intents.Answer(number) if ask is not None and ask.kind == KIND:
            _answer(presenter, number)
        case intents.ConfirmAnswer() if ask is not None and ask.kind == KIND:
            _answer(presenter, 1)
        case _:
            return False
    return True


def _open(presenter: "CounterPresenter") -> None:
    state = presenter.state
    found = tuple(each.contact for each in open_contacts(state)[:MOST_CHOICES])
    if found:
        asked = Ask(KIND, question(state))
        presenter.update(ask=asked, handing=replace(state.handing, choices=found), message="")


def _answer(presenter: "CounterPresenter", number: int) -> None:
    """Take the contact that stood at that number; what came meanwhile does not move the numbers."""
    handing = presenter.state.handing
    if not 1 <= number <= len(handing.choices):
        return
    contact = handing.choices[number - 1]
    taken = handing.taken | {(contact.contact_id, contact.rev)}
    presenter.update(ask=None, handing=replace(handing, taken=taken, choices=()))
    presenter.act(partial(_take, contact_id=contact.contact_id))


def _take(parts: CounterParts, contact_id: str) -> Done:
    take_over(parts.store, parts.clock, contact_id, parts.clerk)
    parts.wake_sync()
    return Done(look(parts).facts, TAKEN)
