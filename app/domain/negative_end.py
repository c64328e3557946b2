"""What the record of a negative end keeps beside its words: what went back, the remedies, who signed off (rule I04)."""

from collections.abc import Mapping

from app.domain.case import Case
from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.item import Item
from app.domain.handed_in import handed_in

NOTHING_TAKEN = "没有收取材料"


def returned_words(case: Case, item: Item) -> str:
    """Return the materials that go back to the citizen, each with its shape, as SL-07 says it."""
    return "、".join(f"{each['name']}{each['form']}" for each in handed_in(case, item)) or NOTHING_TAKEN


def given_back(case: Case, item: Item, catalogue: Catalogue | None, reviewer: str) -> Mapping[str, str]:
    """Return the record as plain JSON; without a ``catalogue`` no remedy runs (the applicant took it back)."""
    remedy = catalogue.remedies[item.remedy] if catalogue is not None else None
    return {
        "returned": returned_words(case, item),
        "remedy": f"{remedy.review_org}；{remedy.court}" if remedy is not None else "",
        "reviewer": reviewer,
    }
