"""What is different for a citizen between two published versions of an item: what to bring, how long, what it costs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.catalogue.item import Item, Limit
from app.domain.catalogue.material import Material, MaterialForm, Necessity
from app.domain.limit_unit import LimitUnit

_UNITS = {LimitUnit.WORKING_DAYS: "个工作日", LimitUnit.CALENDAR_DAYS: "日", LimitUnit.HOURS: "个工作小时"}
_FORMS = {
    MaterialForm.ORIGINAL_KEPT: "收原件",
    MaterialForm.ORIGINAL_CHECKED: "验原件",
    MaterialForm.ORIGINAL_CHECKED_COPY: "验原件收复印件",
    MaterialForm.COPY: "收复印件",
    MaterialForm.ELECTRONIC: "电子件",
}
_NECESSITIES = {
    Necessity.REQUIRED: "必要",
    Necessity.CONDITIONAL: "符合情形时要",
    Necessity.DEFERRABLE: "可容缺",
    Necessity.ONE_OF: "几选一",
}


class ChangeKind(StrEnum):
    """What changed; the sentences stand in the message table."""

    WITHDRAWN = "change_withdrawn"
    RENAMED = "change_renamed"
    MATERIAL_ADDED = "change_material_added"
    MATERIAL_REMOVED = "change_material_removed"
    MATERIAL_RENAMED = "change_material_renamed"
    MATERIAL_FORM = "change_material_form"
    MATERIAL_NECESSITY = "change_material_necessity"
    MATERIAL_SHARED = "change_material_shared"
    MATERIAL_ASKED = "change_material_asked"
    PROMISED_LIMIT = "change_promised_limit"
    STATUTORY_LIMIT = "change_statutory_limit"
    FEE = "change_fee"
    SITUATIONS = "change_situations"
    FORM = "change_form"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; ``values`` fill its sentence."""

    kind: ChangeKind
    values: Mapping[str, str]


def changes(before: Item, after: Item | None) -> tuple[Change, ...]:
    """Return what a clerk has to know, most important first; nothing for the same content under another version."""
    if after is None:
        return (Change(ChangeKind.WITHDRAWN, {"name": before.name}),)
    return tuple(_changes(before, after))


def _changes(before: Item, after: Item) -> Iterator[Change]:
    yield from _turned(ChangeKind.RENAMED, before.name, after.name)
    yield from _materials(before, after)
    yield from _turned(ChangeKind.PROMISED_LIMIT, _limit(before.promised_limit), _limit(after.promised_limit))
    yield from _turned(ChangeKind.STATUTORY_LIMIT, _limit(before.statutory_limit), _limit(after.statutory_limit))
    if before.fee.charge != after.fee.charge or before.fee.rules != after.fee.rules:
        yield Change(ChangeKind.FEE, {"after": "收费" if after.fee.charge else "不收费"})
    if before.situations != after.situations:
        yield Change(ChangeKind.SITUATIONS, {})
    if before.form.fields != after.form.fields:
        yield Change(ChangeKind.FORM, {})


def _materials(before: Item, after: Item) -> Iterator[Change]:
    """Materials are the same by id, as published."""
    old = {each.id: each for each in before.materials}
    new = {each.id: each for each in after.materials}
    for key, material in new.items():
        if key not in old:
            yield Change(ChangeKind.MATERIAL_ADDED, {"name": material.name})
    for key, material in old.items():
        if key not in new:
            yield Change(ChangeKind.MATERIAL_REMOVED, {"name": material.name})
        else:
            yield from _material(material, new[key])


def _material(before: Material, after: Material) -> Iterator[Change]:
    yield from _turned(ChangeKind.MATERIAL_RENAMED, before.name, after.name)
    if _copies(before) != _copies(after):
        yield Change(ChangeKind.MATERIAL_FORM, {"name": after.name, "after": _copies(after)})
    if before.necessity is not after.necessity or before.when != after.when:
        yield Change(ChangeKind.MATERIAL_NECESSITY, {"name": after.name, "after": _NECESSITIES[after.necessity]})
    if before.share != after.share:
        yield Change(ChangeKind.MATERIAL_SHARED if after.share else ChangeKind.MATERIAL_ASKED, {"name": after.name})


def _turned(kind: ChangeKind, before: str, after: str) -> Iterator[Change]:
    if before != after:
        yield Change(kind, {"before": before, "after": after})


def _limit(limit: Limit) -> str:
    if limit.unit is LimitUnit.NOW:
        return "当场"
    return "没有规定" if limit.days is None else f"{limit.days}{_UNITS[limit.unit]}"


def _copies(material: Material) -> str:
    count = material.originals + material.copies
    return _FORMS[material.form] + (f" {count} 份" if count else "")
