"""Back with a notice: its number on the paper opens the case where it stood, without a ticket (flows.md section 3)."""

import unicodedata

from app.domain.case import Case
from app.domain.catalogue.catalogue import Catalogue
from app.domain.clerk import Clerk
from app.domain.person import Person
from app.domain.rights import Act
from app.domain.visit import Visit
from app.domain.work.card import WorkCard
from app.domain.work.draft import to_json
from app.domain.work.reopening import reopened
from app.ports.clock import Clock
from app.ports.store import Reading, Store
from app.usecases.acting import ActRefusal, ActRefused, counter_of, require
from app.usecases.taking_in import published
from app.usecases.walk_in import begin_walk_in

QUERY = "ZW1:"
"""Begins what the QR code of a paper about a case says (slips.md section 1)."""
MAX_TYPED = 64


def is_paper(typed: str) -> bool:
    """Say whether what was typed or scanned is the number of a paper about a case, and no ticket number."""
    number = paper_number(typed)
    return "-" in number and any(sign.isdecimal() for sign in number) and not number.startswith("W")


def paper_number(typed: str) -> str:
    """Return the number as printed, from a QR code or from an input method's full-width signs."""
    plain = unicodedata.normalize("NFKC", typed[:MAX_TYPED]).strip().upper().removeprefix(QUERY)
    return "".join(plain.split())


def present_paper(store: Store, clock: Clock, typed: str, by: Clerk) -> Visit:
    """Begin to serve the citizen who shows a supplement notice; the page opens with only the missing lines open.

    Raises:
        ActRefused: no right or open day, somebody is served, or no open notice of this counter has the number.
    """
    require(by, Act.PRESENT_PAPER)
    number = paper_number(typed)
    with store.begin() as work:
        case = next((each for each in work.noticed_cases() if number in numbers_of(each)), None)
        if case is None:
            raise ActRefused(ActRefusal.UNKNOWN_NOTICE)
        catalogue = published(work)
        if catalogue.authority(counter_of(work).window, case.item_id) is None:
            raise ActRefused(ActRefusal.NOT_AT_THIS_WINDOW)
        visit = begin_walk_in(work, clock, by)
        card = reopened(case, visit, catalogue)
        if card is None:
            raise ActRefused(ActRefusal.UNKNOWN_NOTICE)
        work.put_draft(visit.visit_id, to_json(card))
        return visit


def notice_of(view: Reading, person: Person, visit: Visit, catalogue: Catalogue) -> WorkCard | None:
    """Return the page of the newest open notice of a person who sits here; None where there is none to go on with."""
    window = counter_of(view).window
    for case in view.noticed_cases():
        theirs = person.number in {each["number"] for each in (case.applicant, case.agent) if each}
        if theirs and catalogue.authority(window, case.item_id) is not None:
            return reopened(case, visit, catalogue)
    return None


def numbers_of(case: Case) -> tuple[str, ...]:
    """Return the numbers printed on the notice of a case, as ``paper_number`` gives them."""
    return tuple(paper_number(each) for each in (case.case_no, case.doc_no) if each)
