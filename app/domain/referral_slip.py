"""The words on the paper of a referral (SL-09 引导条): where the citizen goes now that the step here is done."""

from app.domain.case import Case, CaseState
from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.item import Item
from app.domain.clerk import Clerk
from app.domain.receipt import moment_words
from app.domain.referral import Goal, TakenNumber
from app.domain.transfer_slip import business_there

_PAPERS = {
    CaseState.ACCEPTED: "受理通知书",
    CaseState.RECEIVED: "收件凭证",
    CaseState.SUPPLEMENT_NOTICED: "告知书",
    CaseState.REFUSED: "不予受理通知书",
}


def referral_fields(
    case: Case, goal: Goal, to_window: str, taken: TakenNumber | None, catalogue: Catalogue, *, by: Clerk, now_ms: int
) -> dict[str, object]:
    """Return the fields of SL-09 for the citizen of a case; without a number the paper says where one is taken."""
    window = catalogue.windows[to_window]
    return {
        "hall": catalogue.center.name,
        "next_window": to_window,
        "next_biz": business_there(goal.business, window, catalogue),
        "ticket_no": taken.number if taken else "",
        "ahead": taken.ahead if taken else "",
        "where": f"{window.zone}{to_window}窗口",
        "bring": f"身份证件、{_paper(case, catalogue.items.get(case.item_id))}和这张引导单",
        "todo": goal.todo,
        "after": goal.after,
        "case_no": case.case_no,
        "clerk_no": by.number,
        "window": case.window,
        "now": moment_words(now_ms),
    }


def _paper(case: Case, item: Item | None) -> str:
    """Return what the citizen got here: the result itself where the case is completed."""
    if case.state is CaseState.DELIVERED and item is not None:
        return item.result.name
    return _PAPERS.get(case.state, "单据")
