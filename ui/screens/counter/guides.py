"""Shift+F9: the service guide of the item on the page, or of one of this window's items; offline too (I11, I16)."""

from functools import partial
from typing import TYPE_CHECKING

from app.domain.catalogue.item import Item
from app.usecases.print_guide import print_guide
from ui import intents
from ui.screens.counter import acts
from ui.screens.counter.acts import Done
from ui.screens.counter.build.laws import current_item
from ui.screens.counter.parts import CounterParts
from ui.screens.counter.state import Ask, CounterState
from ui.screens.laws.intents import PrintGuide
from ui.widgets.slip_views import FaultOption, FaultView
from ui.widgets.views import Tone

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter

WHICH = "guide"
MOST = 9
"""Digits there are."""


def handle(presenter: "CounterPresenter", intent: object) -> bool:
    """Take the key, and the digit where it asked which item."""
    state = presenter.state
    asked = state.ask is not None and state.ask.kind == WHICH
    match intent:
        case PrintGuide() if state.over is None:
            item, offered = current_item(state), _offered(state)
            if item is not None:
                _print(presenter, item)
            elif offered:
                presenter.update(ask=Ask(WHICH, _question(offered)), message="")
            else:
                presenter.update(message="no_catalogue" if state.catalogue is None else "not_at_this_window")
        case intents.Answer(number) if asked:
            offered = _offered(state)
            if 1 <= number <= len(offered):
                presenter.update(ask=None)
                _print(presenter, offered[number - 1])
        case intents.ConfirmAnswer() if asked:
            pass
        case _:
            return False
    return True


def _offered(state: CounterState) -> tuple[Item, ...]:
    """Return the items of this window, as many as there are digits."""
    return state.catalogue.items_at_window(state.window)[:MOST] if state.catalogue is not None else ()


def _question(offered: tuple[Item, ...]) -> FaultView:
    options = tuple(FaultOption(each.name, "", "打印") for each in offered)
    return FaultView("ph.book-open", "打印哪个事项的办事指南？", "先选好事项再按，就直接打印", options, Tone.PRI)


def _print(presenter: "CounterPresenter", item: Item) -> None:
    presenter.act(partial(_printed, item_id=item.id, name=item.name))


def _printed(parts: CounterParts, *, item_id: str, name: str) -> Done:
    print_guide(parts.store, parts.clock, parts.templates, item_id, parts.clerk)
    parts.wake_printer()
    parts.wake_sync()
    return Done(acts.look(parts).facts, "guide_queued", name)
