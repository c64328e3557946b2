"""The words of a decision: 准予 and 不予行政许可决定书 (A4), and SL-11 that tells of the result."""

from datetime import date

from app.domain.calendar import WorkCalendar
from app.domain.case import Case
from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.item import Item
from app.domain.catalogue.organisation import PICKUP_KIND
from app.domain.deadline import remaining_workdays
from app.domain.decision import Decision, DecisionKind
from app.domain.payment import paid_words, payment_of
from app.domain.receipt import common_fields, date_words, fee_words, moment_words

GRANT_SLIP = "SL-D1"
DENIAL_SLIP = "SL-D2"
RESULT_SLIP = "SL-11"

NUMBERED = {DecisionKind.GRANTED: "准", DecisionKind.DENIED: "不准"}
"""Behind an item's document prefix: the number of a decision (示食许准)."""
SLIPS = {DecisionKind.GRANTED: GRANT_SLIP, DecisionKind.DENIED: DENIAL_SLIP}

_PARTIES = ("applicant", "id_masked", "guardian", "agent", "item", "case_no", "dept_tel")


def decision_fields(case: Case, item: Item, catalogue: Catalogue, decision: Decision) -> dict[str, object]:
    """Return the fields of the decision's document, ``SL-D1`` or ``SL-D2``."""
    common = common_fields(case, item, catalogue)
    fields: dict[str, object] = {
        **{name: common[name] for name in _PARTIES},
        "licence": item.is_licence,
        "doc_no": decision.doc_no,
        "apply_date": date_words(case.received_on or case.accepted_on),
        "accept_date": date_words(case.accepted_on),
        "basis": "、".join(decision.basis),
        "review_org": decision.review_org,
        "review_days": decision.review_days,
        "court": decision.court,
        "suit_months": decision.suit_months,
        "clerk_no": decision.by,
        "dept": catalogue.departments[case.department].name,
        "date": date_words(decision.on),
    }
    if decision.kind is DecisionKind.DENIED:
        unmet = [{"n": n, "text": each} for n, each in enumerate(decision.unmet, start=1)]
        return {**fields, "facts": decision.facts, "unmet": unmet}
    return {
        **fields,
        "content": item.name,
        "result": item.result.name,
        "validity": item.result.validity,
        "deliver_by": date_words(decision.deliver_by) if decision.deliver_by else "",
        "provisional": decision.provisional,
    }


def result_fields(
    case: Case, item: Item, catalogue: Catalogue, decision: Decision, calendar: WorkCalendar
) -> dict[str, object]:
    """Return the fields of SL-11 办结告知单: what came out, where it lies, what to bring, until when."""
    common = common_fields(case, item, catalogue)
    denied, payment = decision.kind is DecisionKind.DENIED, payment_of(case)
    outcome = ("不予许可" if denied else "准予许可") if item.is_licence else ("不予办理" if denied else "准予办理")
    return {
        **{name: each for name, each in common.items() if name not in {"basis", "m_count"}},
        "hall": catalogue.center.name,
        "done_date": date_words(decision.on),
        "promise_date": date_words(case.promised_due) if case.promised_due else "未承诺",
        "early": early_words(case, decision, calendar),
        "result": outcome,
        "docs": item.result.name if not denied else "不予行政许可决定书" if item.is_licence else "不予办理决定书",
        "place": place_words(catalogue, case),
        "need": "领取码和申请人（代理人）身份证",
        "pickup_code": case.query_code,
        "deliver_by": date_words(decision.deliver_by) if decision.deliver_by else "",
        "fee": fee_words(item) if item.fee.charge and not denied else "",
        "paid": paid_words(item, payment) if payment is not None else "",
        "now": moment_words(decision.at_ms),
    }


def document_words(kind: DecisionKind) -> str:
    """Return how the document of a decision is named."""
    return "不予行政许可决定书" if kind is DecisionKind.DENIED else "准予行政许可决定书"


def early_words(case: Case, decision: Decision, calendar: WorkCalendar) -> str:
    """Return ``提前3个工作日``, ``按期`` or ``超期1个工作日``."""
    if case.promised_due is None:
        return "按期"
    promised, on = date.fromisoformat(case.promised_due), date.fromisoformat(decision.on)
    left = remaining_workdays(on, promised, calendar)
    if on > promised:
        return f"超期{max(1, -left)}个工作日"
    return f"提前{left}个工作日" if left else "按期"


def place_words(catalogue: Catalogue, case: Case) -> str:
    """Return where a result lies: the centre's hand-out window, else the one that took the case in."""
    for window in catalogue.windows.values():
        if window.kind == PICKUP_KIND:
            return f"{window.zone}出件窗口{window.number}"
    return f"{case.window}窗口"
