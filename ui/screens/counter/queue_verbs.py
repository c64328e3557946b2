"""The keys of the queue at the window: 重呼, 过号, 撤回, 挂起 and 取回, no ticket at all, 再办一件, 请值班长."""

from functools import partial
from typing import TYPE_CHECKING

from app.domain.visit import HoldReason, VisitState
from app.domain.work.next_item import next_item
from ui import intents
from ui.screens.counter import queue_acts
from ui.screens.counter.build.held import MOST_CHOICES, held_question, hold_question
from ui.screens.counter.build.slip import paper_given
from ui.screens.counter.state import Ask

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter

HOLD = "hold"
TAKE_BACK = "take_back"
REASONS = tuple(HoldReason)


def handle(presenter: "CounterPresenter", intent: object) -> bool:
    """Take an intent of the queue."""
    return _plain(presenter, intent) or _holding(presenter, intent) or _answered(presenter, intent)


def _plain(presenter: "CounterPresenter", intent: object) -> bool:
    match intent:
        case intents.Recall():
            presenter.act(queue_acts.recall)
        case intents.NoShow():
            presenter.act(queue_acts.miss)
        case intents.WithdrawCall():
            presenter.act(queue_acts.withdraw)
        case intents.Undo() if presenter.state.visit is None:
            presenter.act(queue_acts.unmiss)
        case intents.ReadCard() if presenter.state.visit is None:
            presenter.act(queue_acts.read_card)
        case intents.AnotherItem():
            _another_item(presenter)
        case intents.CallManager():
            presenter.act(queue_acts.call_manager)
        case _:
            return False
    return True


def _holding(presenter: "CounterPresenter", intent: object) -> bool:
    state, visit = presenter.state, presenter.state.visit
    match intent:
        case intents.Hold() if visit is None:
            presenter.act(partial(queue_acts.back, visit_id=None))
        case intents.Hold() if visit is not None and visit.state in (VisitState.CALLED, VisitState.SERVING):
            presenter.update(ask=Ask(HOLD, hold_question(visit)), message="")
        case intents.ChooseHeld() if visit is None and state.held:
            presenter.update(ask=Ask(TAKE_BACK, held_question(state.held)), message="")
        case _:
            return False
    return True


def _answered(presenter: "CounterPresenter", intent: object) -> bool:
    """Take the digit, or Enter for the first answer."""
    ask = presenter.state.ask
    match intent:
        case intents.Answer(number) if ask is not None and ask.kind in (HOLD, TAKE_BACK):
            _answer(presenter, ask, number)
        case intents.ConfirmAnswer() if ask is not None and ask.kind in (HOLD, TAKE_BACK):
            _answer(presenter, ask, 1)
        case _:
            return False
    return True


def _answer(presenter: "CounterPresenter", ask: Ask, number: int) -> None:
    if not 1 <= number <= len(ask.view.options):
        return
    held = presenter.state.held
    presenter.update(ask=None)
    if ask.kind == HOLD:
        presenter.act(partial(queue_acts.hold, reason=REASONS[number - 1]))
    elif number <= min(len(held), MOST_CHOICES):
        presenter.act(partial(queue_acts.back, visit_id=held[number - 1].visit.visit_id))


def _another_item(presenter: "CounterPresenter") -> None:
    state = presenter.state
    if state.issued is None or state.card is None or state.catalogue is None or not paper_given(state):
        return
    items = tuple(state.catalogue.items_at_window(state.window))
    card = next_item(state.card, items, state.catalogue.version)
    presenter.act(partial(queue_acts.another_item, card=card))
