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
from app.domain.work.materials import Verdict
from app.domain.work.outcome import outcome
from app.ports.clock import Clock
from app.ports.store import Store
from app.usecases.accept_case import ACCEPTING
from app.usecases.complete_case import COMPLETING
from app.usecases.intake_case import INTAKE
from app.usecases.notice_case import NOTICING, noticed
from app.usecases.taking_in import counting, following, noticed_case, published

OPEN = "办理后生成"
"""Stands in the preview for what only the act gives."""
_NUMBERS = Numbers(case_id="", case_no=OPEN, doc_no=OPEN, query_code="----", rating_token=OPEN)
_NO_CODES = {"qr": "ZW1:", "rating_qr": "ZW1R:"}
_WAYS = {Authority.INTAKE: INTAKE, Authority.ACCEPT: ACCEPTING, Authority.COMPLETE: COMPLETING}


def preview_slip(
    store: Store, clock: Clock, templates: Mapping[str, Template], card: WorkCard, by: Clerk
) -> Document | None:
    """Return what F9 would print while papers are missing, else what F10 would; None without item or applicant.

    Raises:
        ActRefused: no open day or no catalogue.
        PaperError: the paper would have a hole.
    """
    with store.read() as view:
        at, catalogue = counting(view, clock, by, view.open_visit()), published(view)
        earlier = noticed_case(view, card)
    window = catalogue.windows.get(at.window)
    if card.item is None or card.applicant is None or window is None:
        return None
    states = card.materials.states()
    if any(each.short for each in states):
        way, case = NOTICING, noticed(card, _NUMBERS, at, None, earlier)
    else:
        way = _WAYS[outcome(card, window.authority).act]
        if way is INTAKE and not any(each.mark and each.mark.verdict is Verdict.OK for each in states):
            return None
        case = following(taken_in(card, way.event, _NUMBERS, at, None), earlier)
    return fill(templates[way.slip], {**way.fields(masked(case), card.item, catalogue), **_NO_CODES})
