"""One-time notice, reasons of what is missing, and the way back with the missing papers (flows.md sections 2, 3)."""

from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from app.domain.visit import Visit
from app.domain.work.card import WorkCard
from app.domain.work.describing import choose_reason, describe
from app.domain.work.refusal import WorkRefused
from app.usecases.present_paper import is_paper
from ui import intents
from ui.screens.counter import notice_acts

if TYPE_CHECKING:
    from ui.screens.counter.presenter import CounterPresenter


def handle(presenter: "CounterPresenter", intent: object) -> bool:
    """Take the intents of this feature."""
    match intent:
        case intents.TurnReason(row, step):
            presenter.change_card(lambda card: card.turn_reason(_material(card, row), step))
        case intents.ChooseReason(row, index):
            presenter.change_card(lambda card: choose_reason(card, _material(card, row), index))
        case intents.WriteReason(row, text):
            presenter.change_card(lambda card: describe(card, _material(card, row), text))
        case intents.IssueNotice():
            _issue(presenter)
        case intents.PresentPaper(text):
            presenter.act(partial(notice_acts.come_back, number=text))
        case intents.PresentTicket(text) if is_paper(text):
            presenter.act(partial(notice_acts.come_back, number=text))
        case _:
            return False
    return True


def greet(presenter: "CounterPresenter", visit: Visit, card: WorkCard) -> None:
    """Somebody was seated on an empty page: if they owe papers to a notice of this window, go on with that.

    Asked once for each person of a visit, so that Ctrl+Z leads back to the empty page and stays there.
    """
    person = card.applicant
    if person is None or card.item is not None:
        return
    asked = f"{visit.visit_id}/{person.number}"
    if presenter.state.notice_asked == asked:
        return
    presenter.update(notice_asked=asked)
    find = partial(notice_acts.open_notice, person=person, visit=visit)
    presenter.aside(find, partial(_adopt, presenter, visit))


def _issue(presenter: "CounterPresenter") -> None:
    card = presenter.state.card
    if card is not None:
        presenter.act(partial(notice_acts.issue, card=card))


def _adopt(presenter: "CounterPresenter", visit: Visit, found: object) -> None:
    """Open the page of the notice, unless the clerk has gone on meanwhile."""
    present = presenter.state.visit
    if isinstance(found, WorkCard) and present is not None and present.visit_id == visit.visit_id:
        presenter.change_card(partial(_continued, found))


def _continued(found: WorkCard, now: WorkCard) -> WorkCard:
    if now.item is not None or now.applicant is None:
        return now
    page = replace(found, past=(*now.past, replace(now, past=())))
    with suppress(WorkRefused):
        # The card just read is newer than what the case holds of the same person.
        page = page.seat(now.applicant)
    return page


def _material(card: WorkCard, row: int) -> str:
    return card.materials.lines[row].material.id
