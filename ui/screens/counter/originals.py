"""盖章正本: Alt+P turns the right pane to the A4; 1 prints it, 2 says that it is sealed, 3 goes to the next."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from app.domain.original import Original, OriginalEvent
from ui import intents
from ui.screens.counter import original_acts
from ui.screens.counter.build.originals import NEXT, PRINT, SEAL, panel_shows, shown_original
from ui.screens.counter.original_pane import OriginalPane, SheetPicture, visit_key
from ui.screens.counter.parts import CounterParts
from ui.screens.counter.state import CounterState, Entry

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter


def handle(presenter: "CounterPresenter", intent: object) -> bool:
    """Take Alt+P, and what the panel above the A4 offers."""
    state = presenter.state
    original = shown_original(state)
    match intent:
        case intents.TurnPaper() if state.over is None and not state.covered:
            _turn(presenter, original)
        case intents.FaultOptionChosen(number) if original is not None and panel_shows(state):
            _choose(presenter, original, number)
        case intents.Back() if original is not None and state.ask is None and state.entry is Entry.CLOSED:
            presenter.update(original_pane=None, message="")
        case _:
            return False
    return True


def look(presenter: "CounterPresenter") -> None:
    """The store was read: go on to the next of the list where one was sealed, and draw what is not drawn yet."""
    state = presenter.state
    pane = state.original_pane
    if pane is None:
        return
    original = shown_original(state)
    if original is None:
        following = state.originals.owed[:1] if pane.visit_id == visit_key(state.visit) == "" else ()
        _show(presenter, following[0] if following else None)
    elif pane.picture is None or pane.picture.key != original_acts.picture_key(original):
        _draw(presenter, original)


def _turn(presenter: "CounterPresenter", shown: Original | None) -> None:
    state = presenter.state
    if shown is not None:
        presenter.update(original_pane=None, message="")
        return
    first = _first(state)
    if first is not None:
        _show(presenter, first)
    elif state.visit is None:
        presenter.update(message="no_originals")


def _first(state: CounterState) -> Original | None:
    if state.visit is not None:
        return state.originals.here
    return state.originals.owed[0] if state.originals.owed else None


def _show(presenter: "CounterPresenter", original: Original | None) -> None:
    parts, visit = presenter.parts, presenter.state.visit
    if original is None or parts is None:
        presenter.update(original_pane=None)
        return
    presenter.update(original_pane=OriginalPane(original.original_id, visit_key(visit), parts.a4), message="")
    _draw(presenter, original)


def _draw(presenter: "CounterPresenter", original: Original) -> None:
    presenter.aside(partial(_picture, original=original), partial(_drawn, presenter, original))


def _picture(parts: CounterParts, *, original: Original) -> SheetPicture | None:
    return original_acts.picture(parts, original)


def _drawn(presenter: "CounterPresenter", original: Original, picture: object) -> None:
    pane = presenter.state.original_pane
    if isinstance(picture, SheetPicture) and pane is not None and pane.original_id == original.original_id:
        presenter.update(original_pane=replace(pane, picture=picture))


def _choose(presenter: "CounterPresenter", original: Original, number: int) -> None:
    match number:
        case int() if number == PRINT and original.may(OriginalEvent.PRINT):
            presenter.act(partial(original_acts.print_it, original_id=original.original_id))
        case int() if number == SEAL and original.may(OriginalEvent.SEAL):
            presenter.act(partial(original_acts.seal, original_id=original.original_id))
        case int() if number == NEXT:
            _next(presenter, original)
        case _:
            return


def _next(presenter: "CounterPresenter", original: Original) -> None:
    owed = presenter.state.originals.owed
    at = next((n for n, each in enumerate(owed) if each.original_id == original.original_id), -1)
    if presenter.state.visit is None and owed:
        _show(presenter, owed[(at + 1) % len(owed)])
