"""Calls and letters (domain rule I70): Ctrl+T begins with one, and the number it is given brings its page back."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from app.domain.channel import REMOTE
from app.domain.contact_record import ContactRecord, contact_no
from app.domain.visit import VisitState
from app.domain.work.from_contact import seated
from app.usecases.continue_contact import Continued
from ui import intents
from ui.screens.counter import contact_acts
from ui.screens.counter.acts import NotDone
from ui.screens.counter.build.contacts import question
from ui.screens.counter.contact_intents import OpenContact
from ui.screens.counter.state import Ask
from ui.screens.search.state import SearchState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.screens.counter.presenter import CounterPresenter

KIND: Final = "contact"
COMMAND: Final = "swdj"
"""首问登记 in the F7 box: go on with the contact that was found."""


def handle(presenter: "CounterPresenter", intent: object) -> bool:
    """Take Ctrl+T and its digit, and a contact's number where a ticket number is typed."""
    ask = presenter.state.ask
    match intent:
        case OpenContact():
            if presenter.state.visit is None and presenter.state.over is None:
                presenter.update(ask=Ask(KIND, question()), message="")
        case intents.Answer(number) if ask is not None and ask.kind == KIND:
            _begin(presenter, number)
        case intents.ConfirmAnswer() if ask is not None and ask.kind == KIND:
            _begin(presenter, 1)
        case intents.PresentTicket(text) if contact_no(text) is not None:
            presenter.act(partial(contact_acts.come, number=text))
        case _:
            return False
    return True


def look(presenter: "CounterPresenter", text: str, wanted: "Sequence[str]") -> None:
    """The F7 box asks for something: it may be a contact that somebody goes on with."""
    presenter.aside(partial(contact_acts.find, wanted=wanted), partial(_found, presenter, text))


def go_on(presenter: "CounterPresenter", search: SearchState) -> None:
    """Open the contact that was found: for who sits here and has no page yet, else for whoever comes."""
    state, found = presenter.state, search.contact
    if found is None:
        return
    if state.visit is None:
        presenter.update(over=None, ask=None)
        presenter.act(partial(contact_acts.come, number=found.no))
    elif state.visit.state is not VisitState.SERVING or state.card is None or state.card.item is not None:
        presenter.update(over=replace(search, message="contact_page_begun"))
    else:
        presenter.update(over=None)
        presenter.aside(partial(contact_acts.join, number=found.no), partial(_joined, presenter))


def _begin(presenter: "CounterPresenter", number: int) -> None:
    if 1 <= number <= len(REMOTE):
        presenter.update(ask=None)
        presenter.act(partial(contact_acts.begin, channel=REMOTE[number - 1]))


def _found(presenter: "CounterPresenter", text: str, found: object) -> None:
    search = presenter.state.over
    if isinstance(search, SearchState) and search.typed == text:
        presenter.update(over=replace(search, contact=found if isinstance(found, ContactRecord) else None))


def _joined(presenter: "CounterPresenter", answer: object) -> None:
    """Turn to the page of the contact, unless the citizen has gone meanwhile."""
    visit = presenter.state.visit
    if isinstance(answer, NotDone):
        presenter.update(message=answer.code)
    elif isinstance(answer, Continued) and visit is not None and visit.visit_id == answer.visit.visit_id:
        presenter.change_card(partial(seated, answer.page))
        presenter.update(message=contact_acts.CONTINUED, place=answer.contact.topic)
        presenter.look()
