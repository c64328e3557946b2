"""Whether a recorded case keeps to the item as it was published: its questions, its materials, who may end it there.

Nobody adds a material, leaves a question out or does more than the window may (domain rules I17, L07); the counter's
work card cannot say otherwise, and the server asks again of whatever a client signed.
"""

from datetime import date

from app.domain.case import Case, CaseEvent
from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.checklist import checklist
from app.domain.catalogue.item import Item
from app.domain.catalogue.law import Law
from app.domain.catalogue.organisation import Authority
from app.domain.work.materials import SHORT, Mark, MaterialSheet, Verdict
from app.domain.work.refusal import WorkRefused

ASKED = frozenset(
    {
        CaseEvent.RECEIVE,
        CaseEvent.ACCEPT,
        CaseEvent.COMPLETE,
        CaseEvent.NOTICE_SUPPLEMENT,
        CaseEvent.SUPPLEMENT,
        CaseEvent.CORRECT,
    }
)
"""Events of which the whole page is the record: item, answers and materials; a refusal may come before any of them."""
_WHOLE = {CaseEvent.ACCEPT: Authority.ACCEPT, CaseEvent.COMPLETE: Authority.COMPLETE}
_VOUCHERS = frozenset({CaseEvent.ACCEPT, CaseEvent.REFUSE})
"""What is told in writing, with number and day (Licensing Law art. 32, last sentence; domain rule L01)."""


def as_published(case: Case, event: CaseEvent, catalogue: Catalogue) -> bool:
    """Say whether the case is what the catalogue it names allows this event to record."""
    item = catalogue.items.get(case.item_id)
    if item is None or (case.item_name, case.department) != (item.name, item.department):
        return False
    if event in _VOUCHERS and not (case.doc_no and case.accepted_on):
        return False
    if event not in ASKED:
        return True
    authority = catalogue.authority(case.window, item.id)
    wanted = _WHOLE.get(event, Authority.INTAKE)
    if authority is None or wanted.within(authority) is not wanted:
        return False
    return _answered(case, item) and _listed(case, item, whole=event in _WHOLE)


def lapsed_law(case: Case, event: CaseEvent, cited: Catalogue, known: Catalogue) -> Law | None:
    """Return a law that the case rests on by its version ``cited``, and that was not in force on the day of the act.

    ``known`` is the newest version: a counter without a line may not have heard that a law ends. A correction keeps
    the law of the paper it corrects (domain rule I15).
    """
    item = cited.items.get(case.item_id)
    if event not in ASKED or event is CaseEvent.CORRECT or item is None:
        return None
    on = date.fromisoformat(case.accepted_on)
    laws = (known.laws.get(each.law) or cited.laws[each.law] for each in item.legal_basis)
    return next((each for each in laws if not each.in_force(on)), None)


def _answered(case: Case, item: Item) -> bool:
    """Every question of the item has one of its answers, and nothing else was asked."""
    asked = {each.key: each.options for each in item.situations}
    fields = {each.name for each in item.form.fields}
    known = asked.keys() == case.answers.keys() and fields >= case.form.keys()
    return known and all(case.answers[key] in options for key, options in asked.items())


def _listed(case: Case, item: Item, *, whole: bool) -> bool:
    """Every verdict is about a material that is due, and one the list allows; ``whole``: none is open or short."""
    try:
        marks = {
            key: Mark(Verdict(each["verdict"]), str(each["reason"]), bool(each["check_failed"]))
            for key, each in case.verdicts.items()
        }
        sheet = MaterialSheet(checklist(item, case.answers), marks, frozenset(), card_read=False)
        for key, mark in marks.items():
            sheet.checked(key, mark)
    except (WorkRefused, KeyError, TypeError, ValueError):
        return False
    due = [each for each in sheet.states() if not each.waived]
    return not whole or all(each.mark is not None and each.mark.verdict not in SHORT for each in due)
