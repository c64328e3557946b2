"""Ctrl+I 逾期退件: whose papers did not come in time, and the floor manager who signs off (domain rules I04, L10)."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from app.usecases.open_day import open_day
from app.usecases.return_overdue import overdue_cases, return_overdue
from ui import intents
from ui.screens.consent.intents import Consent
from ui.screens.counter.acts import Done, NotDone, look
from ui.screens.counter.build.overdue import SHOWN, which_question
from ui.screens.counter.overdue_state import OpenOverdue, OverdueState
from ui.screens.counter.parts import CounterParts
from ui.screens.counter.state import Ask
from ui.screens.counter.vouching import typed_fault, vouched

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.case import Case
    from ui.screens.counter.presenter import CounterPresenter

WHICH: Final = "overdue"
NONE: Final = "nothing_overdue"
KEPT: Final = "overdue_returned"
"""The sentence after a case went back."""


def handle(presenter: "CounterPresenter", intent: object) -> bool:
    """Take Ctrl+I, the digit of its question, and what the floor manager types."""
    state = presenter.state
    if isinstance(state.over, OverdueState):
        return _on_page(presenter, state.over, intent)
    asked = state.ask is not None and state.ask.kind == WHICH
    match intent:
        case OpenOverdue():
            presenter.aside(_late, partial(_listed, presenter))
        case intents.Answer(number) if asked and 1 <= number <= len(state.late):
            presenter.update(ask=None, over=OverdueState(state.late[number - 1]), message="")
        case intents.Answer() | intents.ConfirmAnswer() if asked:
            pass
        case _:
            return False
    return True


def _late(parts: CounterParts) -> "Sequence[Case]":
    return overdue_cases(parts.store, parts.clock, parts.clerk)


def _listed(presenter: "CounterPresenter", answer: object) -> None:
    if isinstance(answer, NotDone):
        presenter.update(message=answer.code)
    elif isinstance(answer, list) and answer:
        late = tuple(answer[:SHOWN])
        presenter.update(ask=Ask(WHICH, which_question(late, len(answer) - len(late))), late=late, message="")
    else:
        presenter.update(message=NONE)


def _on_page(presenter: "CounterPresenter", over: OverdueState, intent: object) -> bool:
    match intent:
        case Consent(number, password):
            _check(presenter, over, number, password)
        case intents.Back() if not over.checking:
            presenter.update(over=None, message="")
        case _:
            return False
    return True


def _check(presenter: "CounterPresenter", over: OverdueState, number: str, password: str) -> None:
    error = typed_fault(number, password)
    if error:
        presenter.update(over=replace(over, error=error))
    elif not over.checking:
        presenter.update(over=replace(over, checking=True, error=""))
        act = partial(_returned, case_id=over.case.case_id, number=number, password=password)
        presenter.aside(act, partial(_done, presenter))


def _returned(parts: CounterParts, *, case_id: str, number: str, password: str) -> Done | NotDone:
    manager = vouched(parts, number, password)
    if isinstance(manager, NotDone):
        return manager
    open_day(parts.store, parts.clock, parts.clerk)
    return_overdue(parts.store, parts.clock, parts.templates, case_id, reviewer=manager, by=parts.clerk)
    parts.wake_printer()
    parts.wake_a4()
    parts.wake_sync()
    return Done(look(parts).facts, KEPT)


def _done(presenter: "CounterPresenter", answer: object) -> None:
    over = presenter.state.over
    if not isinstance(over, OverdueState):
        return
    if isinstance(answer, NotDone):
        presenter.update(over=replace(over, checking=False, error=answer.code))
    elif isinstance(answer, Done):
        presenter.update(over=None, message=answer.message)
        presenter.look()
