"""What the store says of the reviewer's work, read on one consistent view."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domain.business_day import business_date
from app.domain.calendar import WorkCalendar
from app.domain.case import Case, CaseState
from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.item import Item
from app.domain.catalogue.organisation import ALL_ITEMS
from app.domain.clerk import Clerk
from app.domain.decision import decision_of
from app.domain.inside_answer import answered_by
from app.domain.original import Original, OriginalState
from app.ports.store import Reading, Store
from ui.screens.counter.conflict_tasks import ConflictTask, read_conflicts

WORK = (
    CaseState.RECEIVED,
    CaseState.ACCEPTED,
    CaseState.REVIEWING,
    CaseState.SUSPENDED,
    CaseState.GRANTED,
    CaseState.DENIED,
)
"""States with something to do here; what was handed to the hand-out window is done."""
LATEST = "9999-12-31"


@dataclass(frozen=True, slots=True, repr=False)
class Facts:
    """``cases`` in the order they are due; ``catalogues`` those they were taken in under; ``conflicts`` what waits."""

    today: date
    cases: tuple[Case, ...]
    whole: frozenset[str]
    catalogue: Catalogue
    catalogues: Mapping[int, Catalogue]
    calendar: WorkCalendar
    originals: Mapping[str, tuple[Original, ...]] = field(default_factory=dict)
    conflicts: tuple[ConflictTask, ...] = ()

    def case(self, case_id: str) -> Case | None:
        """Return one of the list."""
        return next((each for each in self.cases if each.case_id == case_id), None)

    def item(self, case: Case) -> Item | None:
        """Return the item of a case in the version it was taken in under."""
        return self.catalogues.get(case.catalogue_version, self.catalogue).items.get(case.item_id)

    def papers(self, case: Case) -> tuple[Original, ...]:
        """Return the originals of a case that count."""
        known = self.originals.get(case.case_id, ())
        return tuple(each for each in known if each.state is not OriginalState.VOIDED)


def read_facts(store: Store, by: Clerk, now_ms: int) -> Facts | None:
    """Return what there is to do for this reviewer; None before the counter holds a catalogue."""
    with store.read() as view:
        catalogue = view.catalogue()
        if catalogue is None:
            return None
        mine = [each for each in (*view.cases_standing(WORK), *_unsealed(view)) if _waits(each, by)]
        mine.sort(key=lambda each: (each.notice_due or each.promised_due or each.statutory_due or LATEST, each.case_no))
        return Facts(
            today=business_date(now_ms),
            cases=tuple(mine),
            whole=frozenset(each.case_id for each in mine if view.case_whole(each.case_id)),
            catalogue=catalogue,
            catalogues=_versions(view, mine),
            calendar=view.calendar(),
            originals={each.case_id: tuple(view.originals_of(each.case_id)) for each in mine},
            conflicts=read_conflicts(view),
        )


def _unsealed(view: Reading) -> list[Case]:
    """Return the cases whose notice or refusal was told here and still waits for its seal."""
    owed = {each.case_id for each in view.originals_owed()}
    found = (view.case(each) for each in sorted(owed))
    return [each for each in found if each is not None and answered_by(each) is not None]


def _waits(case: Case, by: Clerk) -> bool:
    """Say whether the case is this reviewer's work: what was handed on is not any more."""
    if case.department != by.department or (ALL_ITEMS not in by.items and case.item_id not in by.items):
        return False
    decision = decision_of(case)
    return decision is None or decision.made_on is None


def _versions(view: Reading, cases: list[Case]) -> Mapping[int, Catalogue]:
    found = {number: view.catalogue_version(number) for number in {each.catalogue_version for each in cases}}
    return {number: each for number, each in found.items() if each is not None}
