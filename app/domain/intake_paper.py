"""The words on SL-04, the receipt for materials: taken in, not yet accepted, answered within five working days."""

from app.domain.case import Case
from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.item import Item
from app.domain.material_words import form_words
from app.domain.receipt import date_words, moment_words, notice_fields
from app.domain.work.materials import Verdict

INTAKE_SLIP = "SL-04"


def intake_fields(case: Case, item: Item, catalogue: Catalogue) -> dict[str, object]:
    """Return the fields of SL-04; the sentence that silence accepts stands on licences only (slips.md section 0)."""
    taken = [
        material
        for key, each in case.verdicts.items()
        if each["verdict"] == Verdict.OK and (material := item.material(key)) is not None
    ]
    return {
        **notice_fields(case, item, catalogue, "hall_tel"),
        "hall": catalogue.center.name,
        "now": moment_words(case.accepted_ms),
        "m_count": len(taken),
        "materials": [{"n": n, "name": each.name, "form": form_words(each)} for n, each in enumerate(taken, start=1)],
        "licence": item.is_licence,
        "notice_due": date_words(case.notice_due or case.accepted_on),
    }
