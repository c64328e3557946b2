"""The page of a case that was taken in: what card and answers fill by themselves is not taken for the clerk's words."""

from datetime import date
from pathlib import Path

from app.domain.case import CaseEvent
from app.domain.catalogue.catalogue import Catalogue
from app.domain.intake import Counting, Numbers, taken_in
from app.domain.person import Person
from app.domain.work.card import WorkCard
from app.domain.work.of_case import card_of
from app.storage.calendar_file import load_calendar

CALENDAR = Path(__file__).parents[3] / "resources" / "calendar"


def test_a_page_opened_again_holds_as_typed_only_what_the_clerk_typed(
    demo_catalogue: Catalogue, citizen: Person
) -> None:
    blank = WorkCard(None, "A012", "A", demo_catalogue.version, (demo_catalogue.items["ITM-02"],))
    noticed = blank.accept_item().seat(citizen).accept_answers().fill("food_projects", "热食类食品制售")
    at = Counting("9901", "9901", "0003", "A03", "0302", date(2026, 11, 23), 1_795_395_600_000, load_calendar(CALENDAR))
    numbers = Numbers("c", "9901-0003-20261123-0001-0", None, "K7M2", "t")
    case = taken_in(noticed, CaseEvent.NOTICE_SUPPLEMENT, numbers, at, None)
    assert len(case.form) == len(demo_catalogue.items["ITM-02"].form.fields)

    again = card_of(case, "W03-001", "A", demo_catalogue)

    assert again is not None
    assert again.form is not None
    assert noticed.form is not None
    assert again.typed == {"food_projects": "热食类食品制售"}
    assert again.form.values() == noticed.form.values()
    assert again.form.brought_in() == noticed.form.brought_in()
