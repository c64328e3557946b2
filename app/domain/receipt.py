"""The words on the citizen's paper: acceptance notice (SL-05) and on-the-spot completion (SL-11)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from app.domain.business_day import CHINA
from app.domain.case import Case
from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.item import Item, Limit
from app.domain.intake import FROM_ACCEPTANCE
from app.domain.limit_unit import LimitUnit
from app.domain.masking import mask_identity_number, mask_name
from app.domain.work.materials import Verdict

ACCEPTANCE_SLIP = "SL-05"
COMPLETION_SLIP = "SL-11"

_UNITS = {LimitUnit.WORKING_DAYS: "个工作日", LimitUnit.CALENDAR_DAYS: "日", LimitUnit.HOURS: "个工作小时"}
_PICKUP_KIND = "统一出件窗口"
_FEN = 100


def masked(case: Case) -> Case:
    """Return the case as the screen may show it: names and numbers of persons masked (domain.md section 9)."""
    return replace(case, applicant=_masked(case.applicant), agent=case.agent and _masked(case.agent))


def acceptance_fields(case: Case, item: Item, catalogue: Catalogue) -> dict[str, object]:
    """Return the fields of SL-05."""
    accepted = _date(case.accepted_on)
    fields: dict[str, object] = {
        **_common(case, item, catalogue),
        "doc_no": case.doc_no or "",
        "apply_date": accepted,
        "accept_date": accepted,
        "promise_date": _date(case.promised_due or case.accepted_on),
        "promise_days": _length(item.promised_limit),
        "stat_rule": "" if case.statutory_due else _statutory_rule(item.statutory_limit),
        "stat_date": case.statutory_due and _date(case.statutory_due),
        "stat_days": _length(item.statutory_limit),
        "provisional": case.provisional,
        "special": "；".join(each.name for each in item.special_procedures if not each.counts),
        "fee": _fee(item),
        "result": item.result.name,
        "pickup": _pickup(catalogue),
        "licence": item.is_licence,
        "deferred": _deferred(case, item),
        "receipt": False,
        "dept": catalogue.departments[case.department].name,
    }
    return fields


def completion_fields(case: Case, item: Item, catalogue: Catalogue) -> dict[str, object]:
    """Return the fields of SL-11 in its variant 即办件办结单."""
    return {
        **_common(case, item, catalogue),
        "instant": True,
        "hall": catalogue.center.name,
        "done_date": _date(case.accepted_on),
        "result": "准予许可" if item.is_licence else "已办结",
        "docs": item.result.name,
        "fee": _fee(item) if item.fee.charge else "",
        "next": "；".join(_next_steps(item)),
        "now": _moment(case.accepted_ms),
    }


def _common(case: Case, item: Item, catalogue: Catalogue) -> dict[str, object]:
    return {
        "applicant": case.applicant["name"],
        "id_masked": mask_identity_number(case.applicant["number"]),
        "agent": case.agent and f"{case.agent['name']}（{mask_identity_number(case.agent['number'])}）",
        "item": item.name,
        "basis": _basis(item, catalogue),
        "case_no": case.case_no,
        "m_count": sum(each["verdict"] == Verdict.OK for each in case.verdicts.values()),
        "qr": f"ZW1:{case.case_no}",
        "rating_qr": f"ZW1R:{case.rating_token}",
        "qcode": case.query_code,
        "clerk_no": case.clerk,
        "window": case.window,
        "dept_tel": catalogue.departments[case.department].tel,
        "hall_tel": catalogue.center.hall_tel,
    }


def _basis(item: Item, catalogue: Catalogue) -> str:
    cited = item.legal_basis[0]
    return f"《{catalogue.laws[cited.law].title}》{cited.article}"


def _length(limit: Limit) -> str:
    if limit.unit is LimitUnit.NOW:
        return "当场"
    return "" if limit.days is None else f"{limit.days}{_UNITS[limit.unit]}"


def _statutory_rule(limit: Limit) -> str:
    if limit.days is None:
        return limit.basis or "法律、法规没有规定"
    if limit.start in FROM_ACCEPTANCE:
        return _length(limit)
    return f"自{limit.start}之日起{_length(limit)}"


def _fee(item: Item) -> str:
    if not item.fee.charge:
        return "不收费"
    return "；".join(f"{rule.name}{_yuan(rule.fen)}元／{rule.per}" for rule in item.fee.rules)


def _yuan(fen: int) -> str:
    whole, rest = divmod(fen, _FEN)
    return f"{whole}.{rest:02}" if rest else str(whole)


def _pickup(catalogue: Catalogue) -> str:
    for window in catalogue.windows.values():
        if window.kind == _PICKUP_KIND:
            return f"{window.zone}出件窗口{window.number}自取"
    return "到受理窗口自取"


def _deferred(case: Case, item: Item) -> list[dict[str, object]]:
    """The catalogue has no period for deferral: by the promised day there is no result without the material."""
    by = _date(case.promised_due or case.accepted_on)
    ids = [key for key, each in case.verdicts.items() if each["verdict"] == Verdict.DEFERRED]
    named = [material for each in ids if (material := item.material(each))]
    return [{"n": n, "name": material.name, "by": by} for n, material in enumerate(named, start=1)]


def _next_steps(item: Item) -> list[str]:
    return [f"{each.when}：{each.do}" for each in item.next if each.do]


def _date(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.year}年{day.month}月{day.day}日"


def _moment(utc_ms: int) -> str:
    return f"{datetime.fromtimestamp(utc_ms // 1000, CHINA):%Y-%m-%d %H:%M}"


def _masked(person: Mapping[str, Any]) -> dict[str, Any]:
    return {**person, "name": mask_name(person["name"])}
