"""The words of the service guide (便民服务指南, SL-ZN): the seven things that have to be disclosed, its version."""

from datetime import date

from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.condition import Comparison, Condition
from app.domain.catalogue.item import Item, Step
from app.domain.catalogue.material import Material, Necessity
from app.domain.consultation_paper import opening_hours, pause_words, places
from app.domain.material_words import form_words, source_words
from app.domain.receipt import date_words, fee_words, length_words, statutory_words

GUIDE = "SL-ZN"


def guide_fields(item: Item, catalogue: Catalogue, today: date) -> dict[str, object]:
    """Return the fields of SL-ZN: the same version gives the same words, but for the day it is printed (I11, I16)."""
    department, center = catalogue.departments[item.department], catalogue.center
    return {
        "hall": center.name,
        "item": item.name,
        "ver": f"{item.id} v{catalogue.version}",
        "since": date_words(catalogue.effective_from.isoformat()),
        "code": item.code31,
        "item_type": item.type,
        "case_type": item.case_type.value,
        "dept": department.name,
        "served": item.served,
        "basis": _numbered([f"《{catalogue.laws[each.law].title}》{each.article}" for each in item.legal_basis]),
        "conditions": _numbered(item.conditions),
        "m_count": len(item.materials),
        "materials": [
            {
                "n": n,
                "name": each.name,
                "need": _need(item, each),
                "form": form_words(each),
                "source": source_words(each),
            }
            for n, each in enumerate(item.materials, start=1)
        ],
        "steps": _numbered([_step(each) for each in item.steps]),
        "statutory": length_words(item.statutory_limit) or statutory_words(item.statutory_limit),
        "promised": length_words(item.promised_limit),
        "pause_note": pause_words(item),
        "fee": fee_words(item),
        "fee_basis": item.fee.basis,
        "result": f"{item.result.name}（{item.result.kind}，有效期：{item.result.validity}）",
        "place": places(item, catalogue),
        "hours": opening_hours(catalogue),
        "dept_tel": department.tel,
        "complaint_tel": department.complaint_tel,
        "hall_tel": center.hall_tel,
        "eff_tel": center.efficacy_tel,
        "today": date_words(today.isoformat()),
    }


def _numbered(texts: tuple[str, ...] | list[str]) -> list[dict[str, object]]:
    return [{"n": n, "text": text} for n, text in enumerate(texts, start=1)]


def _step(step: Step) -> str:
    return f"{step.name}（{'，'.join(filter(None, (step.role, step.limit)))}）"


def _need(item: Item, material: Material) -> str:
    """Return when a material is due, for a reader who was asked nothing yet."""
    words = {
        Necessity.REQUIRED: "必要",
        Necessity.CONDITIONAL: "",
        Necessity.DEFERRABLE: "可容缺后补",
        Necessity.ONE_OF: f"几选一{(material.one_of or '').removeprefix('G')}",
    }[material.necessity]
    when = condition_words(item, material.when) if material.when else ""
    return "；".join(filter(None, (when, "免提交" if material.share else words))) or "必要"


def condition_words(item: Item, condition: Condition) -> str:
    """Return a condition as people say it: ``是否委托他人办理：委托``; alternatives with 或, all of a row with 且."""
    rows = ("且".join(_test(item, test) for test in row) for row in condition.alternatives)
    return "或".join(rows)


def _test(item: Item, test: Comparison) -> str:
    situation = item.situation(test.key)
    asked = situation.ask if situation else test.key
    return f"{asked}：{'不是' if test.negated else ''}{'、'.join(test.options)}"
