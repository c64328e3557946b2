"""The words on the citizen's paper: acceptance notice (SL-05) and on-the-spot completion (SL-11)."""

from dataclasses import replace
from datetime import date, datetime

from app.domain.business_day import CHINA
from app.domain.case import Case
from app.domain.case_clock import FROM_ACCEPTANCE, not_started
from app.domain.case_clock import statutory_limit as limit_of
from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.item import Item, Limit
from app.domain.catalogue.organisation import PICKUP_KIND
from app.domain.limit_unit import LimitUnit
from app.domain.material_words import form_words
from app.domain.party_words import masked_person, party_fields
from app.domain.payment import paid_words, payment_of, yuan
from app.domain.referral import ALWAYS
from app.domain.work.materials import Verdict

ACCEPTANCE_SLIP = "SL-05"
COMPLETION_SLIP = "SL-11"

_UNITS = {LimitUnit.WORKING_DAYS: "个工作日", LimitUnit.CALENDAR_DAYS: "日", LimitUnit.HOURS: "个工作小时"}


def masked(case: Case) -> Case:
    """Return the case as the screen may show it: names of persons masked (domain.md section 9)."""
    return replace(
        case,
        applicant=masked_person(case.applicant),
        agent=case.agent and masked_person(case.agent),
        guardian=case.guardian and masked_person(case.guardian),
    )


def acceptance_fields(case: Case, item: Item, catalogue: Catalogue) -> dict[str, object]:
    """Return the fields of SL-05."""
    accepted = date_words(case.accepted_on)
    fields: dict[str, object] = {
        **common_fields(case, item, catalogue),
        "doc_no": case.doc_no or "",
        "apply_date": accepted,
        "accept_date": accepted,
        "promise_date": date_words(case.promised_due or case.accepted_on),
        "promise_days": length_words(item.promised_limit),
        "stat_rule": _statutory_rule(case, item),
        "stat_date": case.statutory_due and date_words(case.statutory_due),
        "stat_days": length_words(limit_of(item)),
        "provisional": case.provisional,
        "special": "；".join(each.name for each in item.special_procedures if not each.counts),
        "fee": fee_words(item),
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
        **common_fields(case, item, catalogue),
        "instant": True,
        "hall": catalogue.center.name,
        "done_date": date_words(case.accepted_on),
        "result": "准予许可" if item.is_licence else "已办结",
        "docs": item.result.name,
        "fee": fee_words(item) if item.fee.charge else "",
        "paid": paid_words(item, payment) if (payment := payment_of(case)) is not None else "",
        "next": "；".join(_next_steps(item)),
        "now": moment_words(case.accepted_ms),
    }


def common_fields(case: Case, item: Item, catalogue: Catalogue) -> dict[str, object]:
    """Return the fields that every paper of a case has."""
    return {
        **party_fields(case),
        "item": item.name,
        "basis": basis_words(item, catalogue),
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


_ON_NOTICES = (
    "applicant",
    "id_masked",
    "guardian",
    "agent",
    "item",
    "case_no",
    "qr",
    "rating_qr",
    "qcode",
    "clerk_no",
    "window",
    "dept_tel",
)


def notice_fields(case: Case, item: Item, catalogue: Catalogue, *more: str) -> dict[str, object]:
    """Return of the common fields those that every notice about a case bears, and those named in ``more``."""
    common = common_fields(case, item, catalogue)
    common["dept"] = catalogue.departments[case.department].name
    return {name: common[name] for name in (*_ON_NOTICES, "basis", "dept", *more) if name in common}


def basis_words(item: Item, catalogue: Catalogue) -> str:
    """Return the first law the item rests on, with its articles."""
    cited = item.legal_basis[0]
    return f"《{catalogue.laws[cited.law].title}》{cited.article}"


def length_words(limit: Limit) -> str:
    """Return ``10个工作日``, ``15日`` or ``当场``; empty where the law sets none."""
    if limit.unit is LimitUnit.NOW:
        return "当场"
    return "" if limit.days is None else f"{limit.days}{_UNITS[limit.unit]}"


def statutory_words(limit: Limit) -> str:
    """Return the statutory limit as a rule, where no date can be given."""
    if limit.days is None:
        return limit.basis or "法律、法规没有规定"
    if limit.start in FROM_ACCEPTANCE:
        return length_words(limit)
    return f"自{limit.start}之日起{length_words(limit)}"


def _statutory_rule(case: Case, item: Item) -> str:
    """Return the limit as a rule where it does not start at acceptance (slips.md section 0), else nothing."""
    limit = limit_of(item)
    rule = statutory_words(limit)
    if case.statutory_due is None:
        return f"{rule}（未起算）" if not_started(item, case) else rule
    return "" if limit.start in FROM_ACCEPTANCE else f"{rule}，最迟{date_words(case.statutory_due)}"


def fee_words(item: Item) -> str:
    """Return what the item costs, from the published rules alone (domain.md I19)."""
    if not item.fee.charge:
        return "不收费"
    return "；".join(f"{rule.name}{yuan(rule.fen)}元／{rule.per}" for rule in item.fee.rules)


def _pickup(catalogue: Catalogue) -> str:
    for window in catalogue.windows.values():
        if window.kind == PICKUP_KIND:
            return f"{window.zone}出件窗口{window.number}自取"
    return "到受理窗口自取"


def _deferred(case: Case, item: Item) -> list[dict[str, object]]:
    """Return the deferred materials with the days that the case holds."""
    named = [(material, by) for key, by in (case.deferred or {}).items() if (material := item.material(key))]
    return [
        {"n": n, "name": f"{material.name}（{form_words(material)}）", "by": date_words(by)}
        for n, (material, by) in enumerate(named, start=1)
    ]


def _next_steps(item: Item) -> list[str]:
    return [each.do if each.when == ALWAYS else f"{each.when}：{each.do}" for each in item.next if each.do]


def date_words(iso: str) -> str:
    """Return ``2026年11月23日``."""
    day = date.fromisoformat(iso)
    return f"{day.year}年{day.month}月{day.day}日"


def moment_words(utc_ms: int) -> str:
    """Return ``2026-11-23 09:36`` on the wall clock of the hall."""
    return f"{datetime.fromtimestamp(utc_ms // 1000, CHINA):%Y-%m-%d %H:%M}"
