"""Ctrl+Y 送达: which document, in which way, and the proof that it reached its person (domain rule L20)."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from app.domain.case import Case
from app.domain.service import MAX_WORDS, Handing, ServiceFault, ServiceMode
from app.usecases.open_day import open_day
from app.usecases.serve_document import serve_document
from ui import intents
from ui.screens.counter.acts import Done, NotDone, look
from ui.screens.counter.build import service as words
from ui.screens.counter.case_question import heard
from ui.screens.counter.parts import CounterParts
from ui.screens.counter.state import Ask
from ui.screens.service.intents import OpenService
from ui.screens.service.state import ServiceState

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter

WHICH: Final = "serve"
HOW: Final = "serve_how"
KEPT: Final = "document_served"
"""The sentence after a service was written down."""


def handle(presenter: "CounterPresenter", intent: object) -> bool:
    """Take Ctrl+Y, the digits of its questions, and what is typed on its page."""
    state = presenter.state
    if isinstance(state.over, ServiceState):
        return _on_page(presenter, state.over, intent)
    if isinstance(intent, OpenService):
        refused = words.just_refused(state)
        if refused is not None:
            presenter.update(ask=Ask(f"{HOW}:{refused.case_id}", words.mode_question(refused)), message="")
        else:
            _list(presenter, 0)
        return True
    return heard(presenter, intent, {WHICH, HOW}, _answer)


def _list(presenter: "CounterPresenter", first: int) -> None:
    """Ask from the ``first`` of the list on."""
    waiting = words.to_serve(presenter.state)
    page = waiting[first : first + words.SHOWN]
    if page:
        view = words.which_question(page, max(0, len(waiting) - first - words.SHOWN))
        ids = ",".join(each.case_id for each in page)
        presenter.update(ask=Ask(f"{WHICH}:{first}:{ids}", view), message="")


def _answer(presenter: "CounterPresenter", ask: Ask, number: int) -> None:
    """Take a digit of either question; what came meanwhile does not move the numbers."""
    kind, _, rest = ask.kind.partition(":")
    if kind == WHICH:
        first, _, listed = rest.partition(":")
        ids = listed.split(",")
        if number == words.MORE:
            _list(presenter, int(first) + words.SHOWN)
        elif (case := _known(presenter, ids[number - 1] if 1 <= number <= len(ids) else "")) is not None:
            presenter.update(ask=Ask(f"{HOW}:{case.case_id}", words.mode_question(case)))
        return
    case = _known(presenter, rest)
    if case is not None and 1 <= number <= len(words.modes_for(case)):
        mode = words.modes_for(case)[number - 1]
        presenter.update(ask=None, over=ServiceState(case, mode, words.usual(presenter.state)), message="")


def _known(presenter: "CounterPresenter", case_id: str) -> Case | None:
    refused = words.just_refused(presenter.state)
    known = (*words.to_serve(presenter.state), *((refused,) if refused is not None else ()))
    return next((each for each in known if each.case_id == case_id), None)


def _on_page(presenter: "CounterPresenter", over: ServiceState, intent: object) -> bool:
    match intent:
        case intents.WriteEnding(name, typed) if name in words.fields_of(over):
            if len(typed) > MAX_WORDS:
                presenter.update(over=replace(over, error=ServiceFault.TOO_LONG.value))
            else:
                presenter.update(over=replace(over, values={**over.values, name: typed}, error=""))
        case intents.ConfirmEnding() if not presenter.state.busy:
            _serve(presenter, over)
        case intents.Back() if not presenter.state.busy:
            presenter.update(over=None, message="")
        case _:
            return False
    return True


def _serve(presenter: "CounterPresenter", over: ServiceState) -> None:
    said = {name: over.values.get(name, "").strip() for name in words.fields_of(over)}
    day = said.pop("day")
    if over.mode is ServiceMode.POST:
        said["tracking"] = said["tracking"].upper()
    handing = Handing(over.mode, **said)
    presenter.aside(partial(serve, case_id=over.case.case_id, handing=handing, day=day), partial(_served, presenter))


def serve(parts: CounterParts, case_id: str, handing: Handing, day: str) -> Done:
    """Write the service down; its proof goes on the list 待出正本."""
    open_day(parts.store, parts.clock, parts.clerk)
    serve_document(parts.store, parts.clock, parts.templates, case_id, handing=handing, day=day, by=parts.clerk)
    parts.wake_a4()
    parts.wake_sync()
    return Done(look(parts).facts, KEPT)


def _served(presenter: "CounterPresenter", answer: object) -> None:
    over = presenter.state.over
    if not isinstance(over, ServiceState):
        return
    if isinstance(answer, NotDone):
        presenter.update(over=replace(over, error=answer.code))
    elif isinstance(answer, Done):
        presenter.update(over=None, message=answer.message)
        presenter.look()
