"""What happens to cases of a month behind the window: decided, their clocks moved, sent to a higher authority."""

from datetime import date, timedelta
from typing import Any

import msgspec

from app.domain.case_clock import Extended, Suspension
from app.domain.case_step import HandOver, Step
from app.domain.clock_moves import LICENSING_LAW
from app.domain.decision import Decision, DecisionKind
from app.domain.limit_unit import LimitUnit
from app.domain.upward import HigherResult, Note, Upward, UpwardStage

REVIEWER = "0401"
MINUTE = 60_000
BEHIND = {
    "granted": ("review_begun", "granted"),
    "denied": ("review_begun", "denied"),
    "extended": ("review_begun", "extended"),
    "suspended": ("review_begun", "suspension_announced", "suspended"),
}
"""The ways of a licence, in operations after its acceptance."""
INSIDE = ("accepted_inside", "noticed_inside", "refused_inside")
"""What a department answers to papers that its window only took in."""
REFUSAL = {
    "kind": "not_ours",
    "clause": "第（二）项",
    "own_basis": "",
    "decision": "不予受理",
    "fact": "不属于本机关职权",
    "guide": "请到示范县公安局办理",
}
UPWARD = ("reported", "upward_noted", "upward_noted", "upward_returned")
_STAGES = (UpwardStage.REPORTED, UpwardStage.ACCEPTED, UpwardStage.DECIDED, UpwardStage.RETURNED)


class Behind:
    """One case after its acceptance; each operation carries the fact alone."""

    def __init__(self, case: dict[str, Any], day: date, clerk: str) -> None:
        self._case, self._day, self._clerk = case, day, clerk
        self._steps: list[HandOver] = []
        self._notes: list[Note] = []

    def payload(self, step: str, at_ms: int) -> dict[str, Any]:
        made = {
            "accepted_inside": self._accepted,
            "noticed_inside": self._noticed,
            "refused_inside": self._refused,
            "review_begun": self._begun,
            "granted": self._decided,
            "denied": self._decided,
            "extended": self._extended,
            "suspension_announced": self._announced,
            "suspended": self._suspended,
            "reported": self._upward,
            "upward_noted": self._upward,
            "upward_returned": self._upward,
        }[step](step, at_ms)
        return {"case_no": self._case["case_no"], **msgspec.to_builtins(made)}

    def _accepted(self, _step: str, at_ms: int) -> dict[str, Any]:
        told = {name: self._case[name] for name in ("doc_no", "promised_due", "statutory_due", "provisional")}
        acceptance = {**told, "accepted_on": self._day.isoformat(), "accepted_ms": at_ms, "clock": None}
        return {"steps": self._stepped(Step.ACCEPTANCE, at_ms), "acceptance": acceptance}

    def _noticed(self, _step: str, at_ms: int) -> dict[str, Any]:
        material, doc_no = next(iter(self._case["verdicts"])), f"{self._case['doc_no']}-补"
        short = {"verdict": "missing", "reason": "", "check_failed": False}
        line = {"material": material, "verdict": "missing", "what": "没有提交", "fix": "交原件"}
        notice = {"doc_no": doc_no, "on": self._day.isoformat(), "keep_until": None, "count": 1, "inside": 1}
        return {
            "steps": self._stepped(Step.NOTICE, at_ms),
            "doc_no": doc_no,
            "notice": {**notice, "lines": [line]},
            "verdicts": {**self._case["verdicts"], material: short},
        }

    def _refused(self, _step: str, at_ms: int) -> dict[str, Any]:
        return {
            "steps": self._stepped(Step.REFUSAL, at_ms),
            "doc_no": f"{self._case['doc_no']}-不受",
            "refusal": REFUSAL,
        }

    def _begun(self, _step: str, at_ms: int) -> dict[str, Any]:
        return {"steps": self._stepped(Step.REVIEW, at_ms)}

    def _decided(self, step: str, at_ms: int) -> dict[str, Any]:
        denied = step == "denied"
        decision = Decision(
            kind=DecisionKind(step),
            doc_no=f"{self._case['doc_no']}-决",
            on=self._day.isoformat(),
            at_ms=at_ms,
            by=REVIEWER,
            window=self._case["window"],
            basis=("《中华人民共和国食品安全法》第三十五条",),
            unmet=("场所条件",) if denied else (),
            facts="现场没有防尘设施" if denied else "",
            review_org="示范县人民政府",
            review_days=60,
            court="示范县人民法院",
            suit_months=6,
            deliver_by=None if denied else (self._day + timedelta(days=14)).isoformat(),
            provisional=False,
        )
        return {"steps": self._stepped(Step.DECISION, at_ms), "decision": decision.to_json()}

    def _extended(self, _step: str, _at_ms: int) -> dict[str, Any]:
        told = Extended(5, LimitUnit.WORKING_DAYS, "0901", f"{self._case['doc_no']}-延", self._day.isoformat())
        return {"extension": told, "reason": "需要现场核查"}

    def _announced(self, _step: str, _at_ms: int) -> dict[str, Any]:
        first = self._day + timedelta(days=1)
        told = Suspension("检验", LICENSING_LAW, first.isoformat(), (first + timedelta(days=7)).isoformat(), "特-1")
        return {"suspension": told}

    def _suspended(self, _step: str, at_ms: int) -> dict[str, Any]:
        return {"doc_no": "特-1", "printed_ms": at_ms - MINUTE}

    def _upward(self, _step: str, at_ms: int) -> dict[str, Any]:
        stage, on = _STAGES[len(self._notes)], self._day.isoformat()
        asks = stage is not UpwardStage.RETURNED
        again = (self._day + timedelta(days=7)).isoformat() if asks else ""
        self._notes.append(Note(on, at_ms, self._clerk, stage, "已联系", again))
        result = None if asks else HigherResult("市民批〔2026〕1号", on, "示范市民政局", granted=True)
        upward = Upward(stage, "示范市民政局", self._clerk, on, again or None, tuple(self._notes), result)
        return {"steps": [], "upward": upward.to_json()}

    def _stepped(self, step: Step, at_ms: int) -> list[HandOver]:
        self._steps.append(HandOver(step, REVIEWER, self._case["window"], at_ms))
        return list(self._steps)
