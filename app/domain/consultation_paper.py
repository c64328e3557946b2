"""The words on SL-03, the one-time notice before an application: everything the published item asks, nothing else."""

from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.checklist import ChecklistLine
from app.domain.catalogue.item import Item
from app.domain.catalogue.material import Necessity
from app.domain.intake import Counting
from app.domain.material_words import form_words, source_words
from app.domain.receipt import fee_words, length_words, moment_words, statutory_words
from app.domain.situation_words import answer_words
from app.domain.work.card import WorkCard

CONSULTATION_SLIP = "SL-03"

_NEED = {
    Necessity.REQUIRED: "必要",
    Necessity.CONDITIONAL: "符合条件时必要",
    Necessity.DEFERRABLE: "容缺后补",
    Necessity.ONE_OF: "几选一",
}


def consultation_fields(
    card: WorkCard, catalogue: Catalogue, at: Counting, number: str, rating_token: str
) -> dict[str, object]:
    """Return the fields of SL-03: the same answers under the same version give the same words (domain.md I02)."""
    item = card.item
    assert item is not None, "a notice is about an item"
    lines = card.materials.lines
    due = [each for each in lines if not each.exempt]
    department, center = catalogue.departments[item.department], catalogue.center
    return {
        "hall": center.name,
        "no": number,
        "now": moment_words(at.now_ms),
        "item": item.name,
        "situation": "；".join(answer_words(each, card.answers[each.key]) for each in item.situations)
        or "本事项不分情形",
        "item_type": item.type,
        "case_type": item.case_type.value,
        "basis": "；".join(f"《{catalogue.laws[each.law].title}》{each.article}" for each in item.legal_basis),
        "conditions": [{"n": n, "text": each} for n, each in enumerate(item.conditions, start=1)],
        "m_count": len(due),
        "materials": [_row(n, each) for n, each in enumerate(due, start=1)],
        "shared": "；".join(each.material.name for each in lines if each.exempt),
        "steps": " - ".join(each.name for each in item.steps),
        "statutory": length_words(item.statutory_limit) or statutory_words(item.statutory_limit),
        "promised": length_words(item.promised_limit),
        "pause_note": pause_words(item),
        "fee": fee_words(item),
        "place": places(item, catalogue),
        "hours": opening_hours(catalogue),
        "rating_qr": f"ZW1R:{rating_token}",
        "clerk_no": at.clerk,
        "ver": f"{item.id} v{catalogue.version}（{catalogue.effective_from}）",
        "dept_tel": department.tel,
        "hall_tel": center.hall_tel,
        "eff_tel": center.efficacy_tel,
    }


def places(item: Item, catalogue: Catalogue) -> str:
    """Return the windows that serve an item, as zones with their numbers: ``一楼东区A01-A06窗口``."""
    found = [
        each
        for each in catalogue.windows.values()
        if catalogue.authority(each.number, item.id) is not None and item.id in each.items
    ]
    zones = dict.fromkeys(each.zone for each in found)
    return "；".join(f"{zone}{_span([each.number for each in found if each.zone == zone])}窗口" for zone in zones)


def _span(numbers: list[str]) -> str:
    return numbers[0] if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}"


def _row(n: int, line: ChecklistLine) -> dict[str, object]:
    material = line.material
    detail = f"（{line.detail}）" if line.detail else ""
    group = f"，第{line.group.removeprefix('G')}组" if line.group else ""
    return {
        "n": n,
        "name": material.name + detail,
        "need": _NEED[material.necessity] + group,
        "form": form_words(material),
        "source": source_words(material),
    }


def opening_hours(catalogue: Catalogue) -> str:
    """Return ``工作日9:00-12:00 13:30-17:00``."""
    return "工作日" + " ".join(f"{opens.removeprefix('0')}-{closes}" for opens, closes in catalogue.center.hours)


def pause_words(item: Item) -> str:
    """Say what is not counted (Licensing Law art. 45), and that everything else is."""
    named = "、".join(each.name for each in item.special_procedures if not each.counts)
    return f"{named}所需时间不计算在内。" if named else ""
