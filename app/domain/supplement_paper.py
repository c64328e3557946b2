"""The words on SL-06, the supplement notice: every fault of every material at once, each with how it is mended."""

from app.domain.case import Case
from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.item import Item, SupplementMode
from app.domain.catalogue.material import MaterialForm
from app.domain.inside_answer import answered_by, signed_on
from app.domain.material_words import form_words
from app.domain.notice import Short
from app.domain.receipt import date_words, notice_fields
from app.domain.work.materials import Verdict

SUPPLEMENT_SLIP = "SL-06"

_KINDS = {Verdict.MISSING: "未提交", Verdict.DEFECTIVE: "不符合要求"}
_NO_LIMIT = "法律没有规定补正期限；补齐之前不计办理时限"


def supplement_fields(case: Case, item: Item, catalogue: Catalogue) -> dict[str, object]:
    """Return the fields of SL-06; its lines are those of the frozen list that are short still."""
    notice = case.notice
    assert notice is not None, "a noticed case has a notice"
    good = [key for key, each in case.verdicts.items() if each["verdict"] == Verdict.OK]
    inside = answered_by(case)
    goes_back = item.supplement_mode is SupplementMode.RETURN_MATERIALS
    return {
        **notice_fields(case, item, catalogue),
        **({"clerk_no": inside.clerk, "window": inside.window} if inside else {}),
        "doc_no": case.doc_no or "",
        "apply_date": date_words(case.received_on or case.business_date),
        "licence": item.is_licence,
        "defects": [
            {"n": n, "material": each.name, "kind": _KINDS[each.verdict], "what": each.what, "fix": each.fix}
            for n, each in enumerate(still_short(case, item), start=1)
        ],
        "ok_count": "" if goes_back else len(good) or "",
        "returned": _returned(good, item) if goes_back else "",
        "how": f"到{_zone(case, catalogue)}{case.window}窗口，出示本告知书",
        "supply_by": _supply_by(notice["keep_until"]),
        "date": date_words(signed_on(inside) if inside else case.accepted_on),
    }


def still_short(case: Case, item: Item) -> tuple[Short, ...]:
    """Return the lines of the frozen list that are short in the case's verdicts, worded as they are now."""
    assert case.notice is not None, "a noticed case has a notice"
    found = []
    for line in case.notice["lines"]:
        material, verdict = item.material(line["material"]), case.verdicts.get(line["material"])
        if material is None or verdict is None or verdict["verdict"] not in _KINDS:
            continue
        found.append(Short(material.id, material.name, Verdict(verdict["verdict"]), line["what"], line["fix"]))
    return tuple(found)


def _zone(case: Case, catalogue: Catalogue) -> str:
    """Return where the window stands that keeps the draft."""
    window = catalogue.windows.get(case.window)
    return window.zone if window else ""


def _supply_by(keep_until: str | None) -> str:
    if keep_until is None:
        return _NO_LIMIT
    return f"建议{date_words(keep_until)}以前，窗口为您保留到这一天（{_NO_LIMIT}）"


def _returned(good: list[str], item: Item) -> str:
    """Name what was handed in and goes back; where nothing was, there is nothing to return."""
    named = [material for key in good if (material := item.material(key)) is not None]
    kept = [each for each in named if each.form is not MaterialForm.ORIGINAL_CHECKED]
    return "、".join(f"{each.name}{form_words(each)}" for each in kept)
