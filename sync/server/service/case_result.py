"""What a citizen is told of a result on the query page: that the case went up, where the result lies, the remedies."""

from collections.abc import Mapping
from typing import Any

from app.domain.case import CaseState
from app.domain.decision import Decision, DecisionKind, decision_from
from app.domain.receipt import date_words
from app.domain.upward import UpwardStage, upward_from

_UPWARD = {
    UpwardStage.REPORTED: "已上报",
    UpwardStage.ACCEPTED: "上级已受理",
    UpwardStage.DECIDED: "上级已办结",
}


def upward_words(record: Mapping[str, Any]) -> str:
    """Return how a case stands with the higher authority, empty where it is not there (any more)."""
    upward = upward_from(record.get("upward"))
    if upward is None or upward.stage not in _UPWARD:
        return ""
    return f"{_UPWARD[UpwardStage.REPORTED]}{upward.organ}" + (
        "" if upward.stage is UpwardStage.REPORTED else f"，{_UPWARD[upward.stage]}"
    )


def result_lines(record: Mapping[str, Any], state: CaseState, place: str) -> tuple[str, ...]:
    """Return where and by when the result is handed out, and after its service until when one may turn against it."""
    decision = decision_from(record.get("decision"))
    if decision is None:
        return ()
    if decision.served is not None and state is CaseState.DELIVERED:
        return _remedies(decision) if decision.kind is DecisionKind.DENIED else ()
    if decision.made_on is None:
        return ()
    last = (f"最迟{date_words(decision.deliver_by)}送达",) if decision.deliver_by else ()
    return (f"领取地点：{place}", "凭查询码（就是领取码）和身份证领取", *last)


def _remedies(decision: Decision) -> tuple[str, ...]:
    served = decision.served
    assert served is not None, "asked after the service"
    return (
        f"决定书{date_words(served.on)}送达",
        f"不服的，最迟{date_words(served.review_until)}向{decision.review_org}申请行政复议",
        f"或者最迟{date_words(served.suit_until)}向{decision.court}提起行政诉讼",
    )
