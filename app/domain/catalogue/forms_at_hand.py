"""Which self-made materials come without a blank form or a sample, and which name a file that is not there (I09)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.catalogue.material import Source
from app.domain.catalogue.problem import GateCode, Problem, problem


@dataclass(frozen=True, slots=True)
class NoForm:
    """A material that the citizen makes, with what the hall does not hold ready of it: 空白表, 样表 or both."""

    item: str
    material: str
    lacks: str


def foreign_forms(document: Mapping[str, Any], packaged: Mapping[str, str]) -> Iterator[Problem]:
    """Yield the named files that are not the ``packaged`` ones, by file and SHA-256, or of no material of the item."""
    for n, item in enumerate(document["items"]):
        materials = {each["id"] for each in item["materials"]}
        for material, refs in item.get("form_files", {}).items():
            for kind, ref in refs.items():
                if packaged.get(ref["file"]) != ref["sha256"] or material not in materials:
                    path = ("items", n, "form_files", material, kind, "file")
                    yield problem(path, GateCode.FORM_FILE, file=ref["file"])


def without_forms(document: Mapping[str, Any]) -> Iterator[NoForm]:
    """Yield them in published order, of a document that passed the publish gate; they are no reason to refuse it."""
    for item in document["items"]:
        for material in item["materials"]:
            template = material.get("template", {})
            names = {"blank": "空白表", "sample": "样表"}
            lacking = [name for key, name in names.items() if not template.get(key, False)]
            if material["source"] == Source.SELF and lacking:
                yield NoForm(item["name"], material["name"], "和".join(lacking))
