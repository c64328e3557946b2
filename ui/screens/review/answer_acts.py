"""What F3 and F4 do to the store, and the papers they would make."""

from app.domain.paper.blocks import Document
from app.domain.work.refusal_sheet import RefusalSheet
from app.usecases.notice_received import Faults, notice_received, preview_notice
from app.usecases.refuse_received import preview_refused, refuse_received
from ui.screens.review.parts import ReviewParts
from ui.screens.review.state import Ask, Question


def notice(parts: ReviewParts, case_id: str, faults: Faults) -> str:
    """补正: the one list, its document owed under seal; the window tells the applicant."""
    case = notice_received(parts.store, parts.clock, parts.templates, case_id, faults, by=parts.clerk)
    return f"{case.case_no} 已告知补正，告知书待打印盖章；{case.window} 窗口通知申请人"


def refuse(parts: ReviewParts, case_id: str, sheet: RefusalSheet) -> str:
    """不予受理: decided, its document owed under seal; the window tells the applicant."""
    case = refuse_received(parts.store, parts.clock, parts.templates, case_id, sheet, by=parts.clerk)
    return f"{case.case_no} 已不予受理，通知书待打印盖章；{case.window} 窗口通知申请人"


def preview(parts: ReviewParts, ask: Ask) -> Document:
    """Return the paper that Enter would make; raises what the act would raise."""
    card = ask.card
    assert card is not None, "such a question has a page"
    if ask.question is Question.NOTICE:
        return preview_notice(parts.store, parts.clock, parts.templates, ask.case_id, card.marks, by=parts.clerk)
    assert card.refusing is not None, "a refusal was opened"
    return preview_refused(parts.store, parts.clock, parts.templates, ask.case_id, card.refusing, by=parts.clerk)
