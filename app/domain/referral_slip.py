"""The words on the paper of a referral (SL-09 引导条): where the citizen goes now that the step here is done."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.case import Case, CaseState
from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.item import Item
from app.domain.clerk import Clerk
from app.domain.receipt import moment_words
from app.domain.referral import Goal, TakenNumber
from app.domain.transfer_slip import NO_CASE_YET, business_there
from app.domain.visit import Outcome

_PAPERS = {
    CaseState.ACCEPTED: "受理通知书",
    CaseState.RECEIVED: "收件凭证",
    CaseState.SUPPLEMENT_NOTICED: "告知书",
    CaseState.REFUSED: "不予受理通知书",
}
_ASKED: Mapping[Outcome | None, str] = {Outcome.INFORMED: "告知单上的材料", Outcome.REGISTERED: "首问登记回执"}


@dataclass(frozen=True, slots=True)
class Held:
    """What the citizen takes along: the number of the case and the paper, each in words, and who gave it."""

    case_no: str
    paper: str
    window: str


def held_of_case(case: Case, catalogue: Catalogue) -> Held:
    """Return what the citizen of a case has in hand."""
    return Held(case.case_no, _paper(case, catalogue.items.get(case.item_id)), case.window)


def held_without_case(outcome: Outcome | None, window: str) -> Held:
    """Return what the citizen of a visit without a case has in hand."""
    return Held(NO_CASE_YET, _ASKED.get(outcome, "单据"), window)


def referral_fields(
    held: Held, goal: Goal, to_window: str, taken: TakenNumber | None, catalogue: Catalogue, *, by: Clerk, now_ms: int
) -> dict[str, object]:
    """Return the fields of SL-09 for the citizen; without a number the paper says where one is taken."""
    window = catalogue.windows[to_window]
    return {
        "hall": catalogue.center.name,
        "next_window": to_window,
        "next_biz": business_there(goal.business, window, catalogue),
        "ticket_no": taken.number if taken else "",
        "ahead": taken.ahead if taken else "",
        "where": f"{window.zone}{to_window}窗口",
        "bring": f"身份证件、{held.paper}和这张引导单",
        "todo": goal.todo,
        "after": goal.after,
        "case_no": held.case_no,
        "clerk_no": by.number,
        "window": held.window,
        "now": moment_words(now_ms),
    }


def _paper(case: Case, item: Item | None) -> str:
    """Return what the citizen got here: the result itself where the case is completed."""
    if case.state is CaseState.DELIVERED and item is not None:
        return item.result.name
    return _PAPERS.get(case.state, "单据")
