"""From the answers to the materials: the same answers and version always give the same list (domain rule I02)."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.catalogue.item import Item
from app.domain.catalogue.material import Material, Necessity


@dataclass(frozen=True, slots=True)
class ChecklistLine:
    """One material that is due; ``n`` counts from 1, ``group`` names lines of which one suffices.

    ``exempt`` is data the centre shares: not to be handed in (免交). ``detail`` is what the answers add to the line.
    """

    n: int
    material: Material
    group: str | None
    exempt: bool
    detail: str


def checklist(item: Item, answers: Mapping[str, str]) -> tuple[ChecklistLine, ...]:
    """Return the lines due for these answers, in published order.

    A group of which only one line applies is no choice: its line stands alone.
    """
    due = [each for each in item.materials if each.when is None or each.when.holds(answers)]
    groups = [each.one_of for each in due if each.necessity is Necessity.ONE_OF]
    return tuple(
        ChecklistLine(
            n=n,
            material=each,
            group=each.one_of if groups.count(each.one_of) > 1 else None,
            exempt=each.share,
            detail=_detail(each, answers),
        )
        for n, each in enumerate(due, start=1)
    )


def _detail(material: Material, answers: Mapping[str, str]) -> str:
    return next((material.detail[each] for each in answers.values() if each in material.detail), "")
