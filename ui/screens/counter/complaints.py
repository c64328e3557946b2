"""F7 t s: a complaint is written down on a page over the work and its receipt is printed (flows.md section 13)."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from app.domain.complaint import ComplaintSaid
from app.usecases.open_day import open_day
from app.usecases.register_complaint import ComplaintRefused, register_complaint
from ui import intents
from ui.screens.counter.acts import Done, NotDone, look
from ui.screens.counter.build.complaint import FIELDS, said_of
from ui.screens.counter.parts import CounterParts
from ui.screens.register.state import ComplaintState

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter

COMMAND: Final = "tsyj"
KEPT: Final = "complaint_registered"


def open_complaint(presenter: "CounterPresenter") -> None:
    """Lay the empty page over the work."""
    presenter.update(over=ComplaintState(), ask=None, message="")


def handle(presenter: "CounterPresenter", intent: object) -> bool:
    """Take what is typed on the page, F10 or the Enter behind the last field, and Esc."""
    state = presenter.state
    over = state.over
    if not isinstance(over, ComplaintState):
        return False
    match intent:
        case intents.WriteEnding(name, typed) if name in FIELDS:
            presenter.update(over=replace(over, values={**over.values, name: typed}, error=""))
        case intents.ConfirmEnding() | intents.Accept() if not state.busy:
            presenter.aside(partial(_register, said=said_of(over)), partial(_registered, presenter))
        case intents.Back() if not state.busy:
            presenter.update(over=None, message="")
        case _:
            return False
    return True


def _register(parts: CounterParts, *, said: ComplaintSaid) -> Done | NotDone:
    open_day(parts.store, parts.clock, parts.clerk)
    try:
        number, _ = register_complaint(parts.store, parts.clock, parts.templates, said, parts.clerk)
    except ComplaintRefused as refused:
        return NotDone(refused.reason.value)
    parts.wake_printer()
    parts.wake_sync()
    return Done(look(parts).facts, KEPT, number)


def _registered(presenter: "CounterPresenter", answer: object) -> None:
    over = presenter.state.over
    if not isinstance(over, ComplaintState):
        return
    if isinstance(answer, NotDone):
        presenter.update(over=replace(over, error=answer.code))
    elif isinstance(answer, Done):
        presenter.update(over=None, message=answer.message, place=answer.place)
        presenter.look()
