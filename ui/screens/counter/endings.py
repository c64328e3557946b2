"""F12 while serving: how a visit ends that neither F9, F10 nor F11 ends (design.md decision 14)."""

from functools import partial
from typing import TYPE_CHECKING

from app.domain.visit import VisitState
from app.domain.work.card import WorkCard
from app.domain.work.ending import (
    CHOICES,
    FIELDS,
    LeaveReason,
    choose_way,
    hindrances,
    is_open,
    open_menu,
    step_back,
    write,
)
from app.domain.work.ending_sheet import EndingWay
from app.domain.work.refusing import close_refusal
from app.usecases.end_visit import usual_owner
from ui import intents
from ui.screens.counter import ending_acts

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter

_ACTS = {
    EndingWay.REGISTERED: ending_acts.register,
    EndingWay.PICK_UP: ending_acts.hand_out,
    EndingWay.WITHDRAWAL: ending_acts.withdraw,
}
PRINTED = 1
"""The second digit of an answered question that is handed out on paper."""


def handle(presenter: "CounterPresenter", intent: object) -> bool:
    """Take what F12 and its menu say."""
    card = _served(presenter)
    if card is None:
        return False
    taken = True
    match intent:
        case intents.Finish() if card.corrects:
            presenter.act(ending_acts.keep_paper)
        case intents.Finish() if is_open(card):
            _confirm(presenter, card)
        case intents.Finish():
            presenter.change_card(lambda card: open_menu(close_refusal(card)))
        case intents.ChooseEnding(option) if is_open(card):
            _choose(presenter, card, option + 1)
        case intents.WriteEnding(name, text) if is_open(card):
            presenter.change_card(lambda card: write(card, name, text))
        case intents.ConfirmEnding() if is_open(card):
            _confirm(presenter, card)
        case intents.Back() if presenter.state.ask is None and is_open(card):
            presenter.change_card(step_back)
        case _:
            taken = False
    return taken


def owner_of(presenter: "CounterPresenter") -> str:
    """Return who answers a registered contact until somebody else is named."""
    clerk = presenter.state.clerk
    return usual_owner(clerk.number if clerk else "", presenter.state.window)


def _served(presenter: "CounterPresenter") -> WorkCard | None:
    card, visit = presenter.state.card, presenter.state.visit
    serving = visit is not None and visit.state is VisitState.SERVING
    return card if serving else None


def _choose(presenter: "CounterPresenter", card: WorkCard, number: int) -> None:
    way = card.ending.way if card.ending is not None else None
    if way is None:
        presenter.change_card(lambda card: choose_way(card, number))
    elif way is EndingWay.ANSWERED and number == PRINTED:
        presenter.act(partial(ending_acts.answered_on_paper, card=card))
    elif way is EndingWay.ANSWERED:
        presenter.act(ending_acts.answered)
    elif way is EndingWay.LEFT and number <= len(CHOICES[way]):
        reason = LeaveReason(CHOICES[way][number - 1])
        presenter.act(partial(ending_acts.left, reason=reason))


def _confirm(presenter: "CounterPresenter", card: WorkCard) -> None:
    way = card.ending.way if card.ending is not None else None
    if way is None or way not in FIELDS:
        return
    if missing := hindrances(card, owner_of(presenter)):
        presenter.update(message=missing[0].value)
    else:
        presenter.act(partial(_ACTS[way], card=card))
