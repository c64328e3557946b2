"""Section 1, searched: letters find items, arrows move, Enter or a digit takes one; the window learns from it."""

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.search import MAX_TYPED, Hit, ItemIndex, typed_key
from app.storage.pinyin import readings
from app.usecases.learn_item import learn_item
from ui import intents
from ui.screens.counter.build.items import hits_of
from ui.screens.counter.parts import CounterParts
from ui.screens.counter.state import ItemSearch

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter


def handle(presenter: "CounterPresenter", intent: object) -> bool:
    """Take the intents of the search; Esc leaves a search before anything else."""
    match intent:
        case intents.SearchItems(text):
            _search(presenter, text[:MAX_TYPED])
        case intents.MoveHit(step):
            _move(presenter, step)
        case intents.TakeHit(index):
            _take(presenter, index)
        case intents.Back() if hits_of(presenter.state) is not None and presenter.state.ask is None:
            presenter.update(item_search=None, message="")
        case _:
            return False
    return True


def warm(presenter: "CounterPresenter") -> None:
    """Make the index before the first letter is typed, once a catalogue."""
    catalogue = presenter.state.catalogue
    kept = presenter.state.item_index
    if catalogue is None or (kept is not None and kept[0] == catalogue.version):
        return
    presenter.aside(partial(_index, catalogue=catalogue), partial(_indexed, presenter))


def _index(_: CounterParts, *, catalogue: Catalogue) -> tuple[int, ItemIndex]:
    return catalogue.version, ItemIndex(catalogue.items.values(), readings)


def _indexed(presenter: "CounterPresenter", made: object) -> None:
    presenter.update(item_index=made)


def _search(presenter: "CounterPresenter", text: str) -> None:
    visit = presenter.state.visit
    if visit is None:
        return
    typed = typed_key(text)
    presenter.update(item_search=ItemSearch(visit.visit_id, typed) if typed else None, message="")
    warm(presenter)


def _move(presenter: "CounterPresenter", step: int) -> None:
    search, hits = presenter.state.item_search, _choosable(presenter)
    if search is not None and hits:
        at = max(0, min(search.at + step, len(hits) - 1))
        presenter.update(item_search=ItemSearch(search.visit_id, search.typed, at))


def _take(presenter: "CounterPresenter", index: int) -> None:
    """Take the n-th hit; one that this window does not serve says so."""
    search, hits = presenter.state.item_search, hits_of(presenter.state) or ()
    if search is None or not 0 <= index < len(hits):
        return
    hit = hits[index]
    if not hit.here:
        presenter.update(message="not_at_this_window")
        return
    presenter.change_card(lambda card: card.choose_found(hit.item))
    times = Counter(presenter.state.item_choices)
    times[search.typed, hit.item.id] += 1
    presenter.update(item_search=None, item_choices=times)
    presenter.aside(partial(_learn, typed=search.typed, item_id=hit.item.id))


def _learn(parts: CounterParts, *, typed: str, item_id: str) -> None:
    learn_item(parts.store, parts.window, typed, item_id)


def _choosable(presenter: "CounterPresenter") -> list[Hit]:
    return [each for each in hits_of(presenter.state) or () if each.here]
