"""What the citizen laid on the desk and gets back when nothing comes of the application (SL-07, SL-08)."""

from app.domain.case import Case
from app.domain.catalogue.item import Item
from app.domain.catalogue.material import MaterialForm
from app.domain.material_words import form_words
from app.domain.work.materials import Verdict

_LAID = frozenset({Verdict.OK.value, Verdict.DEFECTIVE.value})
_STAYED = frozenset({MaterialForm.ORIGINAL_CHECKED, MaterialForm.ELECTRONIC})
"""Only looked at, or never on paper: there is nothing to give back."""


def handed_in(case: Case, item: Item) -> list[dict[str, object]]:
    """Return the materials to give back, numbered, each with its shape; what was exempt was never there."""
    laid = [key for key, each in case.verdicts.items() if each["verdict"] in _LAID]
    named = [material for key in laid if (material := item.material(key)) is not None and material.form not in _STAYED]
    return [{"n": n, "name": each.name, "form": form_words(each)} for n, each in enumerate(named, start=1)]
