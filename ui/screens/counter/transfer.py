"""F6 转窗 to a suggested or a typed window, and the question at the window a ticket was handed to."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from app.domain.rehome import REHOMED
from app.domain.ticket import Ticket, TicketState
from app.domain.transfer import DeclineReason, suggested
from app.domain.visit import Visit, VisitState
from app.domain.window_number import MAX_TYPED, AmbiguousWindow, NoSuchWindow, window_meant
from ui import intents
from ui.screens.counter import transfer_acts
from ui.screens.counter.build import transfer as words
from ui.screens.counter.state import Ask, CounterState, Entry
from ui.widgets.slip_views import FaultOption

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter

WHERE, OFFER, DECLINE = "transfer", "transfer_offer", "transfer_decline"
ENTER = "⏎"
"""Stands in what was typed for an Enter that waits until the hall has told its windows."""
REASONS = tuple(DeclineReason)


def handle(presenter: "CounterPresenter", intent: object) -> bool:
    """Take F6, what is typed to its question, and the answer to an offer."""
    ask = presenter.state.ask
    if isinstance(intent, intents.Transfer):
        _open(presenter)
        return True
    if ask is None or ask.kind not in (WHERE, OFFER, DECLINE):
        return False
    if isinstance(intent, intents.Back):
        _put_off(presenter)
        return False
    if ask.kind == WHERE:
        return _where(presenter, ask, intent)
    return _offered(presenter, ask, intent)


def look(presenter: "CounterPresenter") -> None:
    """Ask about a ticket that was handed here once nobody is at the window; let go of a question that is over."""
    state = presenter.state
    offer = state.handing.offer
    if offer is not None and (state.visit is not None or offer not in state.line.offers):
        closed = None if state.ask is not None and state.ask.kind in (OFFER, DECLINE) else state.ask
        presenter.update(ask=closed, handing=replace(state.handing, offer=None))
        state = presenter.state
    free = state.visit is None and state.ask is None and state.entry is Entry.CLOSED and not state.busy
    free = free and not state.covered and state.over is None
    new = next((each for each in state.line.offers if _key(each) not in state.handing.answered), None)
    if free and new is not None and state.clerk is not None:
        question = Ask(OFFER, words.offer_question(new, state.catalogue))
        presenter.update(ask=question, handing=replace(state.handing, offer=new))


def _open(presenter: "CounterPresenter") -> None:
    visit = presenter.state.visit
    if visit is None or visit.state not in (VisitState.CALLED, VisitState.SERVING) or presenter.state.catalogue is None:
        return
    handing = replace(presenter.state.handing, lines=None)
    presenter.update(ask=Ask(WHERE, words.where_question(visit, "", words.looking()), ""), handing=handing, message="")
    presenter.aside(transfer_acts.lines, partial(_found, presenter, visit.visit_id))


def _found(presenter: "CounterPresenter", visit_id: str, answer: object) -> None:
    """Show the windows; an Enter that was pressed before they were known counts now."""
    state = presenter.state
    lines = answer if isinstance(answer, tuple) else ()
    presenter.update(handing=replace(state.handing, lines=lines))
    if state.ask is None or state.ask.kind != WHERE or state.visit is None or state.visit.visit_id != visit_id:
        return
    if state.ask.typed == ENTER:
        _show(presenter, state.visit, "")
        _go(presenter, state.visit, "")
    else:
        _show(presenter, state.visit, state.ask.typed or "")


def _where(presenter: "CounterPresenter", ask: Ask, intent: object) -> bool:
    visit, typed = presenter.state.visit, ask.typed or ""
    if visit is None:
        return False
    match intent:
        case intents.Answer(number):
            _type(presenter, visit, typed + str(number))
        case intents.AnswerLetter(letter):
            _type(presenter, visit, typed + letter)
        case intents.ConfirmAnswer() | intents.FaultOptionChosen(1):
            if typed or presenter.state.handing.lines is not None:
                _go(presenter, visit, typed)
            else:
                presenter.update(ask=replace(ask, typed=ENTER))
        case intents.FaultOptionChosen():
            pass
        case _:
            return False
    return True


def _type(presenter: "CounterPresenter", visit: Visit, typed: str) -> None:
    if ENTER not in typed and len(typed) <= MAX_TYPED:
        _show(presenter, visit, typed)


def _show(presenter: "CounterPresenter", visit: Visit, typed: str) -> None:
    question = words.where_question(visit, typed, _meant(presenter.state, visit, typed))
    presenter.update(ask=Ask(WHERE, question, typed), message="")


def _meant(state: CounterState, visit: Visit, typed: str) -> FaultOption:
    """Return the row that says where Enter leads."""
    assert state.catalogue is not None, "the question is asked with a catalogue only"
    if typed:
        try:
            return words.typed_window(window_meant(typed, state.catalogue.windows, state.window), state.catalogue)
        except (NoSuchWindow, AmbiguousWindow):
            return words.unfinished()
    if state.handing.lines is None:
        return words.looking()
    line = suggested(state.handing.lines, state.window, visit.business)
    return words.nowhere() if line is None else words.suggestion(line, state.catalogue)


def _go(presenter: "CounterPresenter", visit: Visit, typed: str) -> None:
    """Hand the citizen on, or say why what was typed names no window and begin again."""
    state = presenter.state
    assert state.catalogue is not None, "the question is asked with a catalogue only"
    line = suggested(state.handing.lines or (), state.window, visit.business)
    try:
        window = (
            window_meant(typed, state.catalogue.windows, state.window) if typed else (line.window if line else None)
        )
    except NoSuchWindow:
        _again(presenter, visit, "no_such_window")
    except AmbiguousWindow as several:
        _again(presenter, visit, "window_ambiguous", "、".join(several.windows))
    else:
        if window is None:
            presenter.update(message="no_window_to_suggest")
            return
        presenter.update(ask=None)
        presenter.act(partial(transfer_acts.transfer, to_window=window))


def _again(presenter: "CounterPresenter", visit: Visit, code: str, place: str = "") -> None:
    _show(presenter, visit, "")
    presenter.update(message=code, place=place)


def _offered(presenter: "CounterPresenter", ask: Ask, intent: object) -> bool:
    offer = presenter.state.handing.offer
    match intent:
        case intents.Answer(number) if offer is not None:
            _answer(presenter, ask, offer, number)
        case intents.ConfirmAnswer() if offer is not None and ask.kind == OFFER:
            _answer(presenter, ask, offer, 1)
        case _:
            return False
    return True


def _answer(presenter: "CounterPresenter", ask: Ask, offer: Ticket, number: int) -> None:
    if not 1 <= number <= len(ask.view.options):
        return
    if ask.kind == DECLINE:
        _put_off(presenter, ask=None)
        presenter.act(partial(transfer_acts.decline, number=offer.number, reason=REASONS[number - 1]))
    elif number == 1:
        _put_off(presenter, ask=None)
        presenter.act(partial(transfer_acts.take, number=offer.number))
    elif offer.state is TicketState.RETURNED or offer.note == REHOMED:
        _put_off(presenter, ask=None)
    else:
        presenter.update(ask=Ask(DECLINE, words.decline_question(offer)))


def _put_off(presenter: "CounterPresenter", **changes: object) -> None:
    """Remember that this offer was answered or put off: it is not asked again, and waits first in line."""
    handing = presenter.state.handing
    if handing.offer is not None:
        handing = replace(handing, offer=None, answered=handing.answered | {_key(handing.offer)})
    presenter.update(handing=handing, **changes)


def _key(ticket: Ticket) -> tuple[str, int]:
    return ticket.ticket_id, ticket.rev
