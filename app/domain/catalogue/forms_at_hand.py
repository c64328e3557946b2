"""Which self-made materials come without a blank form or a filled sample (范本与式样, domain rule I09)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.catalogue.material import Source


@dataclass(frozen=True, slots=True)
class NoForm:
    """A material that the citizen makes, with what the hall does not hold ready of it: 空白表, 样表 or both."""

    item: str
    material: str
    lacks: str


def without_forms(document: Mapping[str, Any]) -> Iterator[NoForm]:
    """Yield them in published order, of a document that passed the publish gate; they are no reason to refuse it."""
    for item in document["items"]:
        for material in item["materials"]:
            template = material.get("template", {})
            names = {"blank": "空白表", "sample": "样表"}
            lacking = [name for key, name in names.items() if not template.get(key, False)]
            if material["source"] == Source.SELF and lacking:
                yield NoForm(item["name"], material["name"], "和".join(lacking))
