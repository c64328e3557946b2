"""留号: numbers kept for this window (sync.md section 2): F2 calls them while cut off, Shift+F6 gives them back.

Cut off, Shift+F8 gives out numbers of the window's own series, which wait behind them.
"""

from functools import partial
from typing import TYPE_CHECKING, Final

from app.domain.link import Course
from ui import desk_intents, intents
from ui.screens.counter import block_acts, sign_in
from ui.screens.counter.acts import Done, NotDone
from ui.screens.counter.block_intents import IssueNumber, ReleaseBlock
from ui.screens.counter.build import manager
from ui.screens.counter.build.block import calls_alone, release_question
from ui.screens.counter.case_question import heard
from ui.screens.counter.state import Ask, CounterState

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter

RELEASE: Final = "release_block"
LEFT: Final = "block_left"
"""The sentence a clerk who leaves is told: their window's numbers went back."""
ASK_EVERY_MS: Final = 30_000
"""How often a window whose link flaps asks while it holds nothing: nobody may have waited."""


def handle(presenter: "CounterPresenter", intent: object) -> bool:
    """Take F2 while cut off with numbers left, Shift+F8, Shift+F6, and its answer."""
    match intent:
        case intents.CallNext() if calls_alone(presenter.state):
            presenter.act(block_acts.call)
        case desk_intents.SignOut() if _may_leave(presenter):
            leave(presenter)
        case IssueNumber() if presenter.state.clerk is not None and presenter.state.offline:
            presenter.act(block_acts.issue)
        case ReleaseBlock() if presenter.state.line.block:
            presenter.update(ask=Ask(RELEASE, release_question(presenter.state)), message="")
        case _:
            return heard(presenter, intent, {RELEASE}, _answer)
    return True


def _answer(presenter: "CounterPresenter", _ask: Ask, number: int) -> None:
    if number == 1:
        presenter.update(ask=None)
        presenter.act(block_acts.release)


def watch(presenter: "CounterPresenter") -> None:
    """Look, once a second, whether the link flaps and numbers are wanted, or is steady and they are not."""
    state = presenter.state
    if _wants(state) and state.now_ms - state.block_asked_ms >= ASK_EVERY_MS:
        presenter.update(block_asked_ms=state.now_ms)
        presenter.aside(block_acts.ask)
    elif _rid(state):
        presenter.aside(block_acts.give_back, partial(_given_back, presenter))


def _wants(state: CounterState) -> bool:
    at_work = state.clerk is not None and state.pausing is None and not manager.closed(state)
    return at_work and not state.offline and state.link.course is Course.FLAPPING and not state.line.block


def _rid(state: CounterState) -> bool:
    own = any(each.epoch <= state.line.own_epoch for each in state.line.block)
    return own and not state.offline and not state.busy and state.link.course is Course.STEADY


def _given_back(presenter: "CounterPresenter", answer: object) -> None:
    if isinstance(answer, Done) and answer.message == block_acts.GIVEN_BACK:
        presenter.update(message=answer.message, place=answer.place)
    presenter.look()


def _may_leave(presenter: "CounterPresenter") -> bool:
    state = presenter.state
    return (
        bool(state.line.block) and state.clerk is not None and state.visit is None and presenter.shift.gate is not None
    )


def leave(presenter: "CounterPresenter") -> None:
    """The clerk signs out: numbers that wait for this window would wait for nobody, so they go back first."""
    parts = presenter.parts
    if parts is not None and not presenter.state.busy:
        presenter.update(busy=True)
        presenter.shift.beside(partial(block_acts.release, parts), partial(_left, presenter))


def _left(presenter: "CounterPresenter", answer: object) -> None:
    presenter.update(busy=False)
    sign_in.leave(presenter, answer.code if isinstance(answer, NotDone) else LEFT)
