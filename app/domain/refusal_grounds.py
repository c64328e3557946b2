"""The grounds on which an application may be refused: a closed list for licences, else the item's own (art. 32).

Every ground rests on laws of the library that are in force on the day (domain rules I15, I18): nothing is typed,
nothing repealed is cited.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.item import Exclusion, Item
from app.domain.catalogue.law import law_named

LICENSING_LAW = "XKF"
"""The Administrative Licensing Law in the library."""


class GroundKind(StrEnum):
    """The three of art. 32(1) that a clerk may meet, and an item's own."""

    NOT_NEEDED = "not_needed"
    NOT_OURS = "not_ours"
    INCOMPLETE = "incomplete"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class GroundCase:
    """One published case of a ground: ``tell`` says what the citizen does; ``basis`` is cited, empty where none is."""

    name: str
    tell: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """One line of the list; ``cases`` are the published ones it may mean, the likeliest first."""

    kind: GroundKind
    cases: tuple[GroundCase, ...] = ()

    @property
    def refusable(self) -> bool:
        """Whether it may refuse: incomplete papers never do, they are supplemented after one notice (F9)."""
        return self.kind is not GroundKind.INCOMPLETE


@dataclass(frozen=True, slots=True)
class Basis:
    """What the notice cites: the clause of art. 32(1) with a further law, or the item's own law alone."""

    clause: str
    other: str
    own: str
    decision: str


_CLAUSES = {GroundKind.NOT_NEEDED: "一", GroundKind.NOT_OURS: "二"}
_DECISIONS = {GroundKind.NOT_NEEDED: "不受理"}
_REFUSED = "不予受理"


class LawLapsed(Exception):  # noqa: N818 - a business "no"
    """The ground rests on a law that is not in force that day, or not in the library; ``law`` names it."""

    def __init__(self, law: str) -> None:
        super().__init__(law)
        self.law = law


def grounds(item: Item, answers: Mapping[str, str]) -> tuple[Ground, ...]:
    """Return the numbered list for an item; an item that is no licence and published none has none."""
    if item.is_licence:
        return (
            Ground(GroundKind.NOT_NEEDED, _cases(item.not_needed_when, answers)),
            Ground(GroundKind.NOT_OURS, _cases(item.not_ours_when, answers)),
            Ground(GroundKind.INCOMPLETE),
        )
    return tuple(
        Ground(GroundKind.PUBLISHED, (GroundCase(each.case, each.tell, f"{each.law} {each.article}"),))
        for each in item.refused_when
    )


def basis_of(ground: Ground, case: GroundCase | None, catalogue: Catalogue, on: date) -> Basis:
    """Return what a refusal on that ground cites on that day.

    Raises:
        LawLapsed: a law it rests on is not in force.
    """
    if ground.kind is GroundKind.PUBLISHED:
        assert case is not None, "a published ground is a case"
        law_id, _, article = case.basis.partition(" ")
        return Basis("", "", _citation(catalogue, law_id, article, on), _REFUSED)
    _citation(catalogue, LICENSING_LAW, "", on)
    other = ""
    if case is not None and case.basis:
        cited = law_named(case.basis, {key: law.title for key, law in catalogue.laws.items()})
        if cited is None:
            raise LawLapsed(case.basis)
        other = _citation(catalogue, *cited, on)
    return Basis(_CLAUSES[ground.kind], other, "", _DECISIONS.get(ground.kind, _REFUSED))


def _citation(catalogue: Catalogue, law_id: str, article: str, on: date) -> str:
    law = catalogue.laws.get(law_id)
    if law is None or not law.in_force(on):
        raise LawLapsed(law.title if law else law_id)
    return f"《{law.title}》{article}"


def _cases(exclusions: tuple[Exclusion, ...], answers: Mapping[str, str]) -> tuple[GroundCase, ...]:
    """What the answers prove, else what only the clerk can see; what the answers speak against is not offered."""
    proved = [each for each in exclusions if each.condition is not None and each.condition.holds(answers)]
    seen = [each for each in exclusions if each.condition is None]
    return tuple(GroundCase(each.case, each.tell, each.basis) for each in (*proved, *seen))
