"""Shift+F1: the cited articles of the current item in one key, offline; the work beneath stays as it is (I14)."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.library import LawIndex
from app.domain.catalogue.search import MAX_TYPED
from app.storage.pinyin import readings
from ui import intents
from ui.screens.counter.build.laws import current_item, entries
from ui.screens.counter.parts import CounterParts
from ui.screens.laws.intents import MoveLaw, OpenLaws, PickLaw, SearchLaws
from ui.screens.laws.state import LawsState

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter


def handle(presenter: "CounterPresenter", intent: object) -> bool:
    """Take the key and what happens in the library; Shift+F1 and Esc lead back to the work."""
    if isinstance(intent, OpenLaws) and presenter.state.over is None:
        _open(presenter)
        return True
    over = presenter.state.over
    if not isinstance(over, LawsState):
        return False
    match intent:
        case SearchLaws(text):
            presenter.update(over=replace(over, typed=text[:MAX_TYPED], at=0))
        case MoveLaw(step):
            _mark(presenter, over, over.at + step)
        case PickLaw(index):
            _mark(presenter, over, index)
        case intents.Back() | OpenLaws():
            presenter.update(over=None, message="")
        case _:
            return False
    return True


def _open(presenter: "CounterPresenter") -> None:
    item, catalogue = current_item(presenter.state), presenter.state.catalogue
    if catalogue is None:
        presenter.update(message="no_catalogue")
        return
    presenter.update(over=LawsState(item.id if item else ""), message="")
    presenter.aside(partial(_index, catalogue=catalogue), partial(_indexed, presenter))


def _index(_: CounterParts, *, catalogue: Catalogue) -> LawIndex:
    return LawIndex(catalogue.laws, readings)


def _indexed(presenter: "CounterPresenter", made: object) -> None:
    over = presenter.state.over
    if isinstance(over, LawsState) and isinstance(made, LawIndex):
        presenter.update(over=replace(over, index=made))


def _mark(presenter: "CounterPresenter", over: LawsState, at: int) -> None:
    last = len(entries(presenter.state, over)) - 1
    presenter.update(over=replace(over, at=max(0, min(at, last))))
