"""F11: the first press opens the legal section, the second issues the refusal (design/14-not-accepted.png)."""

from functools import partial
from typing import TYPE_CHECKING

from app.domain.visit import VisitState
from app.domain.work.ending import close_menu
from app.domain.work.refusing import (
    RefusalField,
    choose_ground,
    close_refusal,
    hindrances,
    is_open,
    open_refusal,
    say_phoned,
    write,
)
from ui import intents
from ui.screens.counter import ending_acts

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter


def handle(presenter: "CounterPresenter", intent: object) -> bool:
    """Take what F11 and its section say."""
    taken = True
    match intent:
        case intents.Reject():
            _press(presenter)
        case intents.ChooseGround(number):
            presenter.change_card(lambda card: choose_ground(card, number))
        case intents.WriteRefusal(name, text):
            presenter.change_card(lambda card: write(card, RefusalField(name), text))
        case intents.SayPhoned(phoned):
            presenter.change_card(lambda card: say_phoned(card, phoned=phoned))
        case intents.Back() if presenter.state.ask is None and _is_open(presenter):
            presenter.change_card(close_refusal)
        case _:
            taken = False
    return taken


def _press(presenter: "CounterPresenter") -> None:
    card, visit = presenter.state.card, presenter.state.visit
    if card is None or visit is None or visit.state is not VisitState.SERVING:
        return
    if card.corrects:
        presenter.update(message="case_reopened")
    elif not is_open(card):
        presenter.change_card(lambda card: open_refusal(close_menu(card)))
    elif missing := hindrances(card):
        presenter.update(message=missing[0].value)
    else:
        presenter.act(partial(ending_acts.refuse, card=card))


def _is_open(presenter: "CounterPresenter") -> bool:
    card = presenter.state.card
    return card is not None and is_open(card)
