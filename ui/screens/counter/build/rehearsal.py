"""The pages a window is asked for most, empty: their panels are built before the first citizen comes."""

from collections.abc import Callable
from contextlib import suppress
from typing import Final

from app.domain.catalogue.item import Item
from app.domain.work.card import WorkCard
from app.domain.work.outcome import current_section
from app.domain.work.refusal import WorkRefused
from ui.screens.counter.build.person import person
from ui.screens.counter.build.sections import sections
from ui.screens.counter.state import CounterState
from ui.screens.counter.view_model import ServingView

ITEMS: Final = 3
"""As many as a section keeps panels of, less the list of items."""

STEPS: Final[tuple[Callable[[WorkCard], WorkCard], ...]] = (WorkCard.accept_answers, WorkCard.mark_rest_ok)


def rehearsal(state: CounterState) -> tuple[ServingView, ...]:
    """Return the pages of the window's first items, one for each section that opens on the way."""
    items = state.catalogue.items_at_window(state.window)[:ITEMS] if state.catalogue else ()
    return tuple(_page(state, card) for item in items for card in _way(state, item))


def _way(state: CounterState, item: Item) -> tuple[WorkCard, ...]:
    assert state.catalogue is not None
    card = WorkCard("", "", "", state.catalogue.version, (item,)).choose_item(item.id)
    cards = [card]
    with suppress(WorkRefused):
        for step in STEPS:
            card = step(card)
            cards.append(card)
    return tuple(cards)


def _page(state: CounterState, card: WorkCard) -> ServingView:
    return ServingView(person(state, card), sections(state, card, current_section(card)), ())
