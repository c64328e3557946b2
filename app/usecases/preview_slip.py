"""The paper pane before F10: the very document that would print, its numbers open and its persons masked."""

from collections.abc import Mapping

from app.domain.catalogue.organisation import Authority
from app.domain.clerk import Clerk
from app.domain.intake import Numbers, taken_in
from app.domain.paper.blocks import Document
from app.domain.paper.fill import fill
from app.domain.paper.markup import Template
from app.domain.receipt import masked
from app.domain.work.card import WorkCard
from app.domain.work.outcome import outcome
from app.ports.clock import Clock
from app.ports.store import Store
from app.usecases.accept_case import ACCEPTING
from app.usecases.complete_case import COMPLETING
from app.usecases.taking_in import counting, published

OPEN = "办理后生成"
"""Stands in the preview for what only the act gives."""
_NUMBERS = Numbers(case_id="", case_no=OPEN, doc_no=OPEN, query_code="----", rating_token=OPEN)
_NO_CODES = {"qr": "ZW1:", "rating_qr": "ZW1R:"}
_WAYS = {Authority.ACCEPT: ACCEPTING, Authority.COMPLETE: COMPLETING}


def preview_slip(
    store: Store, clock: Clock, templates: Mapping[str, Template], card: WorkCard, by: Clerk
) -> Document | None:
    """Return what F10 would print, or None while item or applicant are not known or F10 prints no paper here.

    Raises:
        ActRefused: no open day or no catalogue.
        PaperError: the paper would have a hole.
    """
    with store.read() as view:
        at, catalogue = counting(view, clock, by), published(view)
    window = catalogue.windows.get(at.window)
    if card.item is None or card.applicant is None or window is None:
        return None
    way = _WAYS.get(outcome(card, window.authority).act)
    if way is None:
        return None
    case = masked(taken_in(card, way.event, _NUMBERS, at, None))
    return fill(templates[way.slip], {**way.fields(case, card.item, catalogue), **_NO_CODES})
