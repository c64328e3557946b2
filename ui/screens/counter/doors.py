"""At the door: a computer asks for its identity with a one-time code, or a manager signs in; nothing else is taken."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from app.domain.enrolment_code import CodeMistyped, grouped, meant, typed_signs
from app.ports.clerk_authority import SignInRefused
from app.ports.enrolment import EnrolmentRefused
from app.ports.store_fault import StoreFault
from ui.screens.counter.acts import NotDone
from ui.screens.door.intents import Knock, TypeCode
from ui.screens.door.state import Door, DoorState, EnrolDoor, ManagerDoor, RebuildDoor, ToldDoor

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter

LONGEST_NUMBER = 32
_CODES = {"unauthorised": "sign_in_unauthorised", "forbidden": "sign_in_forbidden"}


def open_door(presenter: "CounterPresenter", door: Door, again: Callable[[], None]) -> None:
    """Show the door; ``again`` opens the program once more when the computer has its identity."""
    presenter.update(over=DoorState(door, again), message="")


def handle(presenter: "CounterPresenter", intent: object) -> bool:
    """Take everything while the door is shut."""
    state = presenter.state.over
    if not isinstance(state, DoorState):
        return False
    match intent:
        case TypeCode(text):
            presenter.update(over=replace(state, typed=grouped(typed_signs(text)), error=""))
        case Knock(given) if not state.checking:
            _knock(presenter, state, given)
        case _:
            pass
    return True


def _knock(presenter: "CounterPresenter", state: DoorState, given: tuple[str, ...]) -> None:
    match state.door:
        case EnrolDoor() as door:
            _show_code(presenter, state, door, given[0])
        case ManagerDoor() as door:
            _sign_in(presenter, state, door, given)
        case RebuildDoor() as door:
            _check(presenter, state, door.rebuild)
        case ToldDoor() as door:
            _check(presenter, state, door.confirm)


def _show_code(presenter: "CounterPresenter", state: DoorState, door: EnrolDoor, typed: str) -> None:
    try:
        code = meant(typed)
    except CodeMistyped:
        presenter.update(over=replace(state, typed=typed, error="enrol_mistyped"))
        return
    _check(presenter, replace(state, typed=grouped(code)), partial(door.enrol, code))


def _sign_in(presenter: "CounterPresenter", state: DoorState, door: ManagerDoor, given: tuple[str, ...]) -> None:
    number, password = given[0].strip()[:LONGEST_NUMBER], given[1]
    if not number or not password:
        presenter.update(over=replace(state, error="password_first" if number else "number_first"))
        return
    _check(presenter, state, partial(door.sign_in, number, password))


def _check(presenter: "CounterPresenter", state: DoorState, knock: Callable[[], None]) -> None:
    presenter.update(over=replace(state, checking=True, error=""))
    presenter.shift.beside(partial(_tried, knock), partial(_answered, presenter))


def _tried(knock: Callable[[], None]) -> NotDone | bool:
    try:
        knock()
    except EnrolmentRefused as refusal:
        return NotDone(refusal.code)
    except SignInRefused as refusal:
        return NotDone(_CODES.get(refusal.code, refusal.code))
    except StoreFault as fault:
        return NotDone(fault.reason.value)
    return True


def _answered(presenter: "CounterPresenter", answer: object) -> None:
    state = presenter.state.over
    if not isinstance(state, DoorState):
        return
    if answer is not True:
        failed = "rebuild_failed" if isinstance(state.door, RebuildDoor | ToldDoor) else "enrol_failed"
        code = answer.code if isinstance(answer, NotDone) else failed
        presenter.update(over=replace(state, checking=False, error=code))
    elif not isinstance(state.door, ManagerDoor):
        presenter.update(over=None, message="opening")
        state.again()
