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
"""Digits there are; with more items than that, the digit behind the listed ones turns the page."""


def handle(presenter: "CounterPresenter", intent: object) -> bool:
    """Take the key, and the digit where it asked which item."""
    state = presenter.state
    kind, _, first = state.ask.kind.partition(":") if state.ask is not None else ("", "", "")
    asked = kind == WHICH
    match intent:
        case PrintGuide() if state.over is None:
            item = current_item(state)
            if item is not None:
                _print(presenter, item)
            elif _offered(state):
                _list(presenter, 0)
            else:
                presenter.update(message="no_catalogue" if state.catalogue is None else "not_at_this_window")
        case intents.Answer(number) if asked:
            _answer(presenter, int(first), number)
        case intents.ConfirmAnswer() if asked:
            pass
        case _:
            return False
    return True


def _offered(state: CounterState) -> tuple[Item, ...]:
    """Return the items of this window."""
    return state.catalogue.items_at_window(state.window) if state.catalogue is not None else ()


def _page(offered: tuple[Item, ...], first: int) -> tuple[Item, ...]:
    """Return the items that have a digit; one page where all of them do."""
    return offered if len(offered) <= MOST else offered[first : first + MOST - 1]


def _list(presenter: "CounterPresenter", first: int) -> None:
    offered = _offered(presenter.state)
    presenter.update(ask=Ask(f"{WHICH}:{first}", _question(offered, first)), message="")


def _answer(presenter: "CounterPresenter", first: int, number: int) -> None:
    """Print the item with this digit, or turn the page; behind the last one comes the first again."""
    offered = _offered(presenter.state)
    page = _page(offered, first)
    if 1 <= number <= len(page):
        presenter.update(ask=None)
        _print(presenter, page[number - 1])
    elif number == len(page) + 1 and len(offered) > MOST:
        after = first + MOST - 1
        _list(presenter, after if after < len(offered) else 0)


def _question(offered: tuple[Item, ...], first: int) -> FaultView:
    page = _page(offered, first)
    options = tuple(FaultOption(each.name, "", "打印") for each in page)
    if len(page) < len(offered):
        rest = len(offered) - first - len(page)
        words = f"还有 {rest} 个事项" if rest else "回到开头"
        options = (*options, FaultOption("看后面的", words, "翻页"))
    return FaultView("ph.book-open", "打印哪个事项的办事指南？", "先选好事项再按，就直接打印", options, Tone.PRI)


def _print(presenter: "CounterPresenter", item: Item) -> None:
    presenter.act(partial(_printed, item_id=item.id, name=item.name))


def _printed(parts: CounterParts, *, item_id: str, name: str) -> Done:
    print_guide(parts.store, parts.clock, parts.templates, item_id, parts.clerk)
    parts.wake_printer()
    parts.wake_sync()
    return Done(acts.look(parts).facts, "guide_queued", name)
