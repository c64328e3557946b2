"""Ctrl+K 看扫描件: the copies of a material in the right pane; 1 and 2 leaf through them, 3 takes the shown one off."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QImage

from app.domain.scanned_copy import ScannedCopy
from app.domain.visit import VisitState
from app.usecases.remove_copy import remove_copy
from ui import intents
from ui.screens.counter.acts import Done, look
from ui.screens.counter.build.copies import LATER, NEWER, OFF, copy_question
from ui.screens.counter.copy_intents import OpenCopies
from ui.screens.counter.copy_pane import KIND, CopyPane
from ui.screens.counter.copy_pictures import NotShown, picture
from ui.screens.counter.parts import CounterParts
from ui.screens.counter.state import Ask

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter

NONE: Final = "no_copies"
TAKEN_OFF: Final = "copy_taken_off"


def handle(presenter: "CounterPresenter", intent: object) -> bool:
    """Take Ctrl+K, and the digits of its questions."""
    if isinstance(intent, OpenCopies):
        _open(presenter)
        return True
    pane, ask = presenter.state.copy_pane, presenter.state.ask
    if pane is None or ask is None or ask.kind != KIND:
        return False
    match intent:
        case intents.Answer(number):
            _answer(presenter, pane, number)
        case intents.ConfirmAnswer():
            pass  # nothing here is so likely that Enter should do it
        case intents.Back() if pane.sure:
            _ask(presenter, replace(pane, sure=False))
        case intents.Back():
            presenter.update(ask=None, copy_pane=None)
        case _:
            return False
    return True


def _open(presenter: "CounterPresenter") -> None:
    state = presenter.state
    if state.visit is None or state.card is None or state.ask is not None or state.over is not None:
        return
    lines = state.card.materials.lines
    row = presenter.focused_material()
    with_copies = [n for n, each in enumerate(lines) if state.copies.get(each.material.id)]
    if row is None:
        row = with_copies[0] if with_copies else None
    if row is None or row not in with_copies:
        presenter.update(message=NONE)
        return
    material = lines[row].material
    fixed = state.visit.state is not VisitState.SERVING
    found = partial(_found, presenter, visit_id=state.visit.visit_id, material=material.name, fixed=fixed)
    presenter.aside(partial(_copies, visit_id=state.visit.visit_id, material_id=material.id), found)


def _copies(parts: CounterParts, *, visit_id: str, material_id: str) -> tuple[ScannedCopy, ...]:
    with parts.store.read() as view:
        return tuple(each for each in reversed(view.copies_of(visit_id)) if each.material_id == material_id)


def _found(presenter: "CounterPresenter", copies: object, *, visit_id: str, material: str, fixed: bool) -> None:
    visit = presenter.state.visit
    same = visit is not None and visit.visit_id == visit_id and presenter.state.ask is None
    if same and isinstance(copies, tuple) and copies:
        _show(presenter, CopyPane(material, copies, fixed=fixed))


def _answer(presenter: "CounterPresenter", pane: CopyPane, number: int) -> None:
    if pane.sure:
        if number == 1:
            presenter.update(ask=None, copy_pane=None)
            presenter.act(partial(_take_off, copy_id=pane.shown.copy_id))
        else:
            _ask(presenter, replace(pane, sure=False))
    elif number == NEWER and pane.at > 0:
        _show(presenter, replace(pane, at=pane.at - 1))
    elif number == LATER and pane.at + 1 < len(pane.copies):
        _show(presenter, replace(pane, at=pane.at + 1))
    elif number == OFF and not pane.fixed:
        _ask(presenter, replace(pane, sure=True))


def _take_off(parts: CounterParts, *, copy_id: str) -> Done:
    remove_copy(parts.store, copy_id, parts.clerk)
    parts.wake_sync()
    return Done(look(parts).facts, TAKEN_OFF)


def _ask(presenter: "CounterPresenter", pane: CopyPane) -> None:
    presenter.update(copy_pane=pane, ask=Ask(KIND, copy_question(pane)), message="")


def _show(presenter: "CounterPresenter", pane: CopyPane) -> None:
    """Show the words at once, and the picture as soon as it is made."""
    _ask(presenter, replace(pane, picture=None, fault=""))
    presenter.aside(partial(_picture, copy=pane.shown), partial(_drawn, presenter, pane.shown.copy_id))


def _picture(parts: CounterParts, *, copy: ScannedCopy) -> object:
    """Return the picture, or the code of why there is none."""
    with parts.store.read() as view:
        content = view.copy_content(copy.copy_id)
    try:
        return picture(copy.kind, content)
    except NotShown as reason:
        return reason.code


def _drawn(presenter: "CounterPresenter", copy_id: str, made: object) -> None:
    pane, ask = presenter.state.copy_pane, presenter.state.ask
    if pane is None or ask is None or ask.kind != KIND or pane.shown.copy_id != copy_id:
        return
    shown = replace(pane, picture=made) if isinstance(made, QImage) else replace(pane, fault=str(made))
    presenter.update(copy_pane=shown, ask=Ask(KIND, copy_question(shown)))
