"""F7 x m: a project is registered for parallel approval and its tracking card is printed (flows.md section 19)."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from app.domain.project import ProjectAsked
from app.usecases.open_day import open_day
from app.usecases.register_project import ProjectRefused, register_project
from ui import intents
from ui.screens.counter.acts import Done, NotDone, look
from ui.screens.counter.build.project import FIELDS, asked_of
from ui.screens.counter.parts import CounterParts
from ui.screens.register.state import ProjectState

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter

COMMAND: Final = "xmdj"
KEPT: Final = "project_registered"


def open_project(presenter: "CounterPresenter") -> None:
    """Lay the empty page over the work."""
    presenter.update(over=ProjectState(), ask=None, message="")


def handle(presenter: "CounterPresenter", intent: object) -> bool:
    """Take what is typed on the page, F10 or the Enter behind the last field, and Esc."""
    state = presenter.state
    over = state.over
    if not isinstance(over, ProjectState):
        return False
    match intent:
        case intents.WriteEnding(name, typed) if name in FIELDS:
            presenter.update(over=replace(over, values={**over.values, name: typed}, error=""))
        case intents.ConfirmEnding() | intents.Accept() if not state.busy:
            presenter.aside(partial(_register, asked=asked_of(state, over)), partial(_registered, presenter))
        case intents.Back() if not state.busy:
            presenter.update(over=None, message="")
        case _:
            return False
    return True


def _register(parts: CounterParts, *, asked: ProjectAsked) -> Done | NotDone:
    open_day(parts.store, parts.clock, parts.clerk)
    try:
        made, _ = register_project(parts.store, parts.clock, parts.templates, asked, parts.clerk)
    except ProjectRefused as refused:
        return NotDone(refused.reason.value)
    parts.wake_printer()
    parts.wake_sync()
    return Done(look(parts).facts, KEPT, made.number)


def _registered(presenter: "CounterPresenter", answer: object) -> None:
    over = presenter.state.over
    if not isinstance(over, ProjectState):
        return
    if isinstance(answer, NotDone):
        presenter.update(over=replace(over, error=answer.code))
    elif isinstance(answer, Done):
        presenter.update(over=None, message=answer.message, place=answer.place)
        presenter.look()
