"""Where an intent goes: to the page, to the feature it belongs to, or to one of the plain acts here."""

import logging
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from app.domain.person import Slot
from app.domain.work.outcome import outcome
from ui import intents
from ui.screens.counter import (
    acts,
    answers,
    block,
    chosen,
    complaints,
    conflicts,
    consent,
    contacts,
    copy_look,
    corrections,
    doors,
    endings,
    far_search,
    fees,
    forms,
    guardian,
    guides,
    handover,
    item_search,
    laws,
    manager_notes,
    notices,
    originals,
    overdue,
    pause,
    persons,
    pickup,
    projects,
    queue_verbs,
    rating_slip,
    referral,
    rejection,
    search,
    service,
    sign_in,
    take_over,
    transfer,
    upward,
    ways_out,
)
from ui.screens.counter.page import change_of
from ui.screens.counter.state import Entry

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter

log = logging.getLogger(__name__)

Handle = Callable[["CounterPresenter", object], bool]
"""Takes an intent of its feature and says True, or says False."""

FEATURES: tuple[Handle, ...] = (
    pause.handle,
    block.handle,
    sign_in.handle,
    doors.handle,
    guardian.handle,
    service.handle,
    fees.handle,
    overdue.handle,
    complaints.handle,
    projects.handle,
    far_search.handle,
    search.handle,
    handover.handle,
    queue_verbs.handle,
    rejection.handle,
    endings.handle,
    corrections.handle,
    chosen.handle,
    referral.handle,
    transfer.handle,
    take_over.handle,
    pickup.handle,
    upward.handle,
    answers.handle,
    conflicts.handle,
    item_search.handle,
    laws.handle,
    guides.handle,
    forms.handle,
    rating_slip.handle,
    contacts.handle,
    copy_look.handle,
    notices.handle,
    consent.handle,
    persons.handle,
    manager_notes.handle,
    originals.handle,
    ways_out.handle,
)


def take(presenter: "CounterPresenter", intent: object) -> None:  # noqa: C901, PLR0912 - a line an intent is clearest
    """Do what a key, a button or a device asked for; what is not possible now is let go."""
    if not pause.touch(presenter):
        return
    change = change_of(intent) if presenter.state.visit is not None else None
    if change is not None:
        presenter.change_card(change)
        return
    if any(handle(presenter, intent) for handle in FEATURES):
        return
    match intent:
        case intents.CallNext() if presenter.state.offline:
            _call_offline(presenter)
        case intents.CallNext():
            presenter.act(acts.call)
        case intents.EnterTicketMode():
            presenter.update(entry=Entry.OPEN, entry_error="")
        case intents.Back():
            presenter.update(ask=None, entry=Entry.CLOSED, entry_error="", message="")
        case intents.PresentTicket(text):
            presenter.act(lambda parts: acts.present(parts, text))
        case intents.Arrived():
            presenter.act(acts.come)
        case intents.ReadCard() if presenter.parts:
            presenter.parts.read_card()
        case intents.Accept():
            _decide(presenter)
        case intents.Finish():
            presenter.act(acts.finish)
        case intents.Reprint() if presenter.state.job:
            presenter.act(partial(acts.again, job_id=presenter.state.job.job_id))
        case intents.Reveal(on):
            _reveal(presenter, on=on)
        case intents.FaultOptionChosen(number) if presenter.state.ask:
            take(presenter, intents.Answer(number))
        case intents.FaultOptionChosen(number):
            _answer_panel(presenter, number)
        case _:
            log.info("intent.not_now intent=%s", type(intent).__name__)


def _answer_panel(presenter: "CounterPresenter", number: int) -> None:
    """Take the numbered answer to what the right pane asks: whose card, did the paper come out."""
    card, unsure = presenter.state.card, presenter.state.unsure
    if card is not None and card.who_is_who:
        slot = Slot.APPLICANT if number == 1 else Slot.AGENT
        presenter.change_card(lambda card: card.settle_who(slot))
    elif unsure is not None:
        presenter.act(partial(acts.settle, job_id=unsure.job_id, came_out=number == 1))


def _call_offline(presenter: "CounterPresenter") -> None:
    if presenter.state.issued is not None:
        presenter.act(acts.finish)
    presenter.update(entry=Entry.OPEN, entry_error="")


def _decide(presenter: "CounterPresenter") -> None:
    card, catalogue = presenter.state.card, presenter.state.catalogue
    if card is None or card.item is None or catalogue is None:
        return
    authority = catalogue.authority(presenter.state.window, card.item.id)
    if authority is None:
        presenter.update(message="not_at_this_window")
        return
    presenter.act(partial(acts.decide, card=card, act=outcome(card, authority).act))


def _reveal(presenter: "CounterPresenter", *, on: bool) -> None:
    if on and not presenter.state.revealed and presenter.state.visit is not None:
        log.info("person.revealed visit=%s", presenter.state.visit.visit_id)
    presenter.update(revealed=on)
