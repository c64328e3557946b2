"""SL-16 容缺受理告知书: what comes later and until when, and the applicant's promise (domain rule L10)."""

from app.domain.case import Case
from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.item import Item
from app.domain.material_words import form_words
from app.domain.party_words import party_fields
from app.domain.receipt import date_words

DEFERRAL_SLIP = "SL-16"
DEFERRAL = "容缺"
"""Behind an item's document prefix: the number of the promise (示运许容缺)."""


def deferral_fields(case: Case, item: Item, catalogue: Catalogue, doc_no: str) -> dict[str, object]:
    """Return the fields of SL-16; its lines are the deferred materials with the days that the case holds."""
    parties, department = party_fields(case), catalogue.departments[case.department]
    later = [(material, by) for key, by in (case.deferred or {}).items() if (material := item.material(key))]
    return {
        "doc_no": doc_no,
        "applicant": parties["applicant"],
        "agent": parties["agent"],
        "item": item.name,
        "case_no": case.case_no,
        "missing": [
            {
                "n": n,
                "name": material.name,
                "kind": form_words(material),
                "by": date_words(by),
                "how": f"到{case.window}窗口",
            }
            for n, (material, by) in enumerate(later, start=1)
        ],
        "clerk_no": case.clerk,
        "window": case.window,
        "dept_tel": department.tel,
        "dept": department.name,
        "date": date_words(case.accepted_on),
    }
