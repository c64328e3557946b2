"""Ctrl+U 待领: the list of results that wait here, and the record that somebody was told (domain rule I57)."""

from functools import partial
from typing import TYPE_CHECKING, Final

from app.domain.decision import ToldHow
from app.usecases.open_day import open_day
from app.usecases.tell_result import tell_result
from ui.screens.counter.acts import Done, look
from ui.screens.counter.build.pickup import HOW, MORE, SHOWN, how_told, order, question
from ui.screens.counter.case_question import heard
from ui.screens.counter.parts import CounterParts
from ui.screens.counter.pickup_intents import OpenUnclaimed
from ui.screens.counter.state import Ask

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter

LISTED: Final = "pickup"
TOLD: Final = "pickup_told"
KEPT: Final = "result_told"
"""The sentence after somebody was told."""


def handle(presenter: "CounterPresenter", intent: object) -> bool:
    """Take Ctrl+U, and the digits of its questions."""
    if isinstance(intent, OpenUnclaimed):
        _list(presenter, 0)
        return True
    return heard(presenter, intent, {LISTED, TOLD}, _answer)


def _list(presenter: "CounterPresenter", first: int) -> None:
    """Ask from the ``first`` of the list on; what was asked about stays in its place until the next look."""
    state = presenter.state
    waiting = order(state, state.pickup)
    page = waiting[first : first + SHOWN]
    if page:
        others = max(0, len(waiting) - first - SHOWN)
        view = question(state, page, others)
        asked = tuple(each.case_id for each in page)
        presenter.update(ask=Ask(f"{LISTED}:{first}", view), pickup_asked=asked, message="")


def _answer(presenter: "CounterPresenter", ask: Ask, number: int) -> None:
    kind, _, rest = ask.kind.partition(":")
    if kind == TOLD:
        if 1 <= number <= len(HOW):
            presenter.update(ask=None)
            presenter.act(partial(tell, case_id=rest, how=HOW[number - 1][0]))
        return
    if number == MORE:
        _list(presenter, int(rest) + SHOWN)
        return
    asked = presenter.state.pickup_asked
    case_id = asked[number - 1] if 1 <= number <= len(asked) else ""
    case = next((each for each in presenter.state.pickup if each.case_id == case_id), None)
    if case is not None:
        presenter.update(ask=Ask(f"{TOLD}:{case_id}", how_told(case)))


def tell(parts: CounterParts, case_id: str, how: ToldHow) -> Done:
    """Record that the applicant was told; SL-11 prints where it is handed over."""
    open_day(parts.store, parts.clock, parts.clerk)
    told = tell_result(parts.store, parts.clock, parts.templates, case_id, how=how, by=parts.clerk)
    parts.wake_sync()
    if told.job is not None:
        parts.wake_printer()
    return Done(look(parts).facts, KEPT)
