"""Sign-in and the start of a shift; without a clerk the window shows nothing else."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from app.ports.clerk_authority import SignInRefused
from app.ports.store_fault import StoreFault
from app.usecases.acting import ActRefused
from ui import desk_intents
from ui.screens.counter.acts import NotDone
from ui.screens.counter.parts import CounterParts
from ui.screens.counter.state import CounterState
from ui.screens.sign_in.state import Gate, Morning, SignInState
from ui.widgets.views import DeviceState

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter

LONGEST_NUMBER = 32
NEEDED = ("reader", "printer")
"""Without both of them a window cannot open: nobody could be read in and nothing handed out."""
_CODES = {"unauthorised": "sign_in_unauthorised", "forbidden": "sign_in_forbidden"}


def begin(presenter: "CounterPresenter", gate: Gate, message: str = "") -> None:
    """Show the sign-in screen of a counter that is open."""
    presenter.update(over=SignInState(error=message), window=gate.window, now_ms=gate.clock.now_ms(), message="")
    presenter.shift.beside(partial(_read, gate, ""), partial(_known, presenter, ""))


def leave(presenter: "CounterPresenter", message: str = "", heir: str = "") -> None:
    """The clerk leaves: nothing of their day stays on the screen, the next one signs in.

    ``heir`` is the number of who takes over: it stands there already, and the password is all that is missing.
    """
    gate, old = presenter.shift.gate, presenter.state
    if gate is None:
        presenter.update(message=message)
        return
    last = old.clerk.number if old.clerk else ""
    presenter.end(CounterState(window=gate.window, now_ms=old.now_ms, link=old.link, devices=old.devices, clerk=None))
    begin(presenter, gate, message)
    _number(presenter, heir or last, message)


def handle(presenter: "CounterPresenter", intent: object) -> bool:
    """Take everything while nobody is signed in."""
    state = presenter.state.over
    if isinstance(intent, desk_intents.SignOut):
        if presenter.state.clerk is not None and presenter.state.visit is None and presenter.shift.gate is not None:
            leave(presenter)
        return True
    if not isinstance(state, SignInState):
        return False
    match intent:
        case desk_intents.GiveNumber(text):
            _number(presenter, text.strip()[:LONGEST_NUMBER])
        case desk_intents.SignIn(password):
            _enter(presenter, state, password)
        case _:
            pass
    return True


def _number(presenter: "CounterPresenter", number: str, said: str = "") -> None:
    state, gate = presenter.state.over, presenter.shift.gate
    if isinstance(state, SignInState) and gate is not None and not state.checking:
        presenter.update(over=replace(state, number=number, morning=Morning(number), error=said))
        presenter.shift.beside(partial(_read, gate, number), partial(_known, presenter, number))


def _read(gate: Gate, number: str) -> SignInState:
    """Return what this counter knows of its hall, and of the clerk with this number."""
    with gate.store.read() as view:
        catalogue, calendar = view.catalogue(), view.calendar()
        person = catalogue.staff.get(number) if catalogue else None
        handed = [each for each in view.handovers(0) if any(entry.owner == number for entry in each.entries)]
        cases = tuple(view.cases_in_hand(number)) if number else ()
    open_ids = {each.case_id for each in cases}
    last = handed[-1] if handed else None
    entries = (
        tuple(each for each in last.entries if each.owner == number and each.entity_id in open_ids) if last else ()
    )
    morning = Morning(
        number=number,
        name=person.name if person else "",
        posted=person is None or gate.window in person.windows,
        entries=entries,
        handed_by=last.clerk if last else "",
        handed_ms=last.at_ms if last else 0,
        cases=cases,
    )
    return SignInState(catalogue=catalogue, calendar=calendar, morning=morning)


def _known(presenter: "CounterPresenter", number: str, known: object) -> None:
    state = presenter.state.over
    if isinstance(state, SignInState) and isinstance(known, SignInState) and state.number == number:
        presenter.update(over=replace(state, catalogue=known.catalogue, calendar=known.calendar, morning=known.morning))


def _enter(presenter: "CounterPresenter", state: SignInState, password: str) -> None:
    gate, error = presenter.shift.gate, ""
    if not state.number:
        error = "number_first"
    elif not password:
        error = "password_first"
    elif blocked(presenter.state):
        error = "no_paper_no_card"
    if gate is None or state.checking:
        return
    if error:
        presenter.update(over=replace(state, error=error))
        return
    presenter.update(over=replace(state, checking=True, error=""))
    presenter.shift.beside(partial(_open, gate, state.number, password), partial(_opened, presenter))


def blocked(state: CounterState) -> bool:
    """Say whether neither a reader nor a printer is there, and the one who signs in is not here to set them."""
    entering = state.over
    if isinstance(entering, SignInState) and entering.sets_devices:
        return False
    found = [state.devices.get(key) for key in NEEDED]
    return all(each is not None and each.state is DeviceState.FAULT for each in found)


def _open(gate: Gate, number: str, password: str) -> CounterParts | NotDone:
    try:
        return gate.enter(gate.sign_in(number, password))
    except SignInRefused as refusal:
        return NotDone(_CODES.get(refusal.code, refusal.code))
    except (ActRefused, StoreFault) as refusal:
        return NotDone(refusal.reason.value)


def _opened(presenter: "CounterPresenter", answer: object) -> None:
    state = presenter.state.over
    if isinstance(answer, CounterParts):
        presenter.update(over=None, message="")
        presenter.shift.start(answer)
    elif isinstance(state, SignInState):
        code = answer.code if isinstance(answer, NotDone) else "incident"
        presenter.update(over=replace(state, checking=False, error=code))
