"""The paper pane while F12 stands open: the paper the chosen way would print, gaps left open, persons masked."""

from collections.abc import Mapping
from dataclasses import replace

from app.domain.business_day import business_date
from app.domain.case import CASE, CaseEvent
from app.domain.clerk import Clerk
from app.domain.first_contact import (
    FIRST_CONTACT_SLIP,
    AnswerDue,
    ContactAction,
    FirstContact,
    answer_by,
    first_contact_fields,
)
from app.domain.paper.blocks import Document
from app.domain.paper.fill import fill
from app.domain.paper.markup import Template
from app.domain.receipt import masked, moment_words
from app.domain.withdrawal import WITHDRAWAL_SLIP, Withdrawal, withdrawal_fields
from app.domain.work.card import WorkCard
from app.domain.work.ending import WithdrawReason, value, wants_receipt
from app.domain.work.ending_sheet import EndingWay
from app.ports.clock import Clock
from app.ports.store import Reading, Store
from app.usecases.acting import ActRefused
from app.usecases.case_record import case_of_citizen
from app.usecases.end_visit import usual_owner
from app.usecases.preview_slip import OPEN
from app.usecases.refuse_case import BLANK
from app.usecases.taking_in import counting, published


def preview_ending(
    store: Store, clock: Clock, templates: Mapping[str, Template], card: WorkCard, by: Clerk
) -> Document | None:
    """Return SL-02 or SL-08 as it would print now; None for a way without a paper, and while no case is named.

    Raises:
        ActRefused: no open day or no catalogue.
    """
    with store.read() as view:
        match card.ending.way if card.ending is not None else None:
            case EndingWay.REGISTERED if wants_receipt(card):
                return _contact(view, clock, templates[FIRST_CONTACT_SLIP], card, by)
            case EndingWay.WITHDRAWAL:
                return _withdrawal(view, clock, templates[WITHDRAWAL_SLIP], card, by)
            case _:
                return None


def _contact(view: Reading, clock: Clock, template: Template, card: WorkCard, by: Clerk) -> Document:
    at, catalogue = counting(view, clock, by, view.open_visit()), published(view)
    contact = FirstContact(
        contact_id="",
        no=OPEN,
        topic=value(card, "topic").strip() or BLANK,
        action=ContactAction(value(card, "action")),
        owner=value(card, "owner", usual_owner(by.number, at.window)).strip() or BLANK,
        due=answer_by(AnswerDue(value(card, "due")), business_date(at.now_ms), at.calendar).isoformat(),
        clerk=by.number,
        window=at.window,
        channel=card.channel,
    )
    return fill(template, first_contact_fields(contact, catalogue, moment_words(at.now_ms)))


def _withdrawal(view: Reading, clock: Clock, template: Template, card: WorkCard, by: Clerk) -> Document | None:
    at, catalogue = counting(view, clock, by, view.open_visit()), published(view)
    try:
        case = case_of_citizen(view, value(card, "number"), card)
    except ActRefused:
        return None  # the number is being typed, or is another person's: nothing of a case is shown
    item = catalogue.items.get(case.item_id)
    if item is None or case.window != at.window or not CASE.allows(case.state, CaseEvent.WITHDRAW):
        return None  # F12 says why
    withdrawal = Withdrawal(OPEN, WithdrawReason(value(card, "reason")), at.now_ms)
    shown = masked(replace(case, clerk=by.number))
    fields = withdrawal_fields(shown, item, catalogue, withdrawal)
    return fill(template, {**fields, "qr": "ZW1:", "rating_qr": "ZW1R:"})
