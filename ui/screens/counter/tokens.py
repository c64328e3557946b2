"""A short-lived code on a citizen's phone: the site's verifier says who it is, and the open form takes name and number.

The token itself is shown, kept and logged nowhere.
"""

from functools import partial
from typing import TYPE_CHECKING

from app.domain.person import Slot
from app.domain.scan import TokenCode
from app.ports.token_verifier import TokenRefused, Vouched
from ui import intents
from ui.screens.counter import persons, tones
from ui.screens.counter.build.person_entry import entry_of
from ui.screens.counter.parts import CounterParts
from ui.screens.counter.state import CounterState

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter

Place = tuple[str, Slot]


def take(presenter: "CounterPresenter", code: TokenCode) -> str:
    """Ask the verifier off the GUI thread; return the code of why not, empty where it is asked."""
    place = _place(presenter.state)
    if place is None:
        return "scan_token_unasked"
    presenter.aside(partial(_verify, code=code), partial(_answered, presenter, place))
    return ""


def _place(state: CounterState) -> Place | None:
    """Return the visit and place whose empty form is open; None where no form asks for a person."""
    entry = entry_of(state) if state.over is None and state.ask is None else None
    if entry is None or entry.slot is Slot.ORGANISATION or entry.typed[entry.slot].get("number"):
        return None
    return entry.visit_id, entry.slot


def _verify(parts: CounterParts, *, code: TokenCode) -> Vouched | str:
    try:
        return parts.tokens[code.verifier].verify(code.text)
    except TokenRefused as refusal:
        return refusal.reason.value


def _answered(presenter: "CounterPresenter", asked: Place, answer: object) -> None:
    if isinstance(answer, str):
        tones.not_read(presenter)
        presenter.update(message=answer)
    elif isinstance(answer, Vouched) and _place(presenter.state) == asked:
        tones.read(presenter)
        for field, said in (("name", answer.name), ("number", answer.number)):
            persons.handle(presenter, intents.EditPerson(field, said))
