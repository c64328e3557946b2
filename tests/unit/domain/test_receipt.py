"""Every published item gives a whole paper, and the paper says what the item's own rules are."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.domain.calendar import WorkCalendar
from app.domain.case import Case, CaseEvent
from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.organisation import Authority
from app.domain.intake import Counting, Numbers, taken_in
from app.domain.paper.blocks import Document, Hanging, KeyValue, Paragraph
from app.domain.paper.fill import fill
from app.domain.person import Person
from app.domain.receipt import ACCEPTANCE_SLIP, COMPLETION_SLIP, acceptance_fields, completion_fields, masked
from app.domain.work.card import WorkCard
from app.domain.work.materials import Verdict
from app.storage.calendar_file import load_calendar
from app.storage.slip_files import load_templates

ITEMS = [f"ITM-{n:02}" for n in range(1, 13)]
CALENDAR = Path(__file__).parents[3] / "resources" / "calendar"

Make = Callable[..., Case]


@pytest.fixture(scope="module")
def calendar() -> WorkCalendar:
    return load_calendar(CALENDAR)


@pytest.fixture
def card_of(demo_catalogue: Catalogue, citizen: Person) -> Callable[[str], WorkCard]:
    def make(item_id: str) -> WorkCard:
        blank = WorkCard(None, "A012", "A", 1, (demo_catalogue.items[item_id],))
        return blank.accept_item().seat(citizen).accept_answers().mark_rest_ok()

    return make


@pytest.fixture
def case_of(calendar: WorkCalendar) -> Make:
    def make(card: WorkCard, event: CaseEvent = CaseEvent.ACCEPT, today: date = date(2026, 11, 23)) -> Case:
        at = Counting("9901", "9901", "0003", "A01", "0301", today, 1_795_395_600_000, calendar)
        return taken_in(
            card, event, Numbers("c", "9901-0003-20261123-0001-0", "示受〔2026〕0003-0001号", "K7M2", "t"), at, None
        )

    return make


def words(document: Document) -> dict[str, str]:
    return {block.label: block.value for block in document.blocks if isinstance(block, KeyValue)}


def paper(case: Case, card: WorkCard, catalogue: Catalogue) -> Document:
    assert card.item is not None
    return fill(load_templates()[ACCEPTANCE_SLIP], acceptance_fields(case, card.item, catalogue))


@pytest.mark.parametrize("item_id", ITEMS)
def test_every_item_can_be_accepted_on_paper(
    item_id: str, demo_catalogue: Catalogue, card_of: Callable[[str], WorkCard], case_of: Make
) -> None:
    card = card_of(item_id)
    assert words(paper(case_of(card), card, demo_catalogue))["承诺办结"].startswith("最迟20")


def test_every_item_delegated_that_far_can_be_completed_on_paper(
    demo_catalogue: Catalogue, card_of: Callable[[str], WorkCard], case_of: Make
) -> None:
    on_the_spot = [each for each in demo_catalogue.items.values() if each.delegated is Authority.COMPLETE]
    assert on_the_spot
    for item in on_the_spot:
        case = case_of(card_of(item.id), CaseEvent.COMPLETE)
        document = fill(load_templates()[COMPLETION_SLIP], completion_fields(case, item, demo_catalogue))
        assert words(document)["结果文书"] == item.result.name


def test_a_next_step_for_everybody_needs_no_condition(
    demo_catalogue: Catalogue, card_of: Callable[[str], WorkCard], case_of: Make
) -> None:
    item = demo_catalogue.items["ITM-01"]
    fields = completion_fields(case_of(card_of(item.id), CaseEvent.COMPLETE), item, demo_catalogue)
    assert fields["next"] == "税务信息确认（按需）；有雇工：社会保险登记"


def test_only_a_licence_rests_on_the_licensing_law(
    demo_catalogue: Catalogue, card_of: Callable[[str], WorkCard], case_of: Make
) -> None:
    said = {}
    for item_id in ITEMS:
        card = card_of(item_id)
        document = paper(case_of(card), card, demo_catalogue)
        said[item_id] = any("行政许可法" in each.text for each in document.blocks if isinstance(each, Paragraph))
    assert said == {item_id: demo_catalogue.items[item_id].is_licence for item_id in ITEMS}


def test_a_limit_that_starts_elsewhere_prints_its_rule_and_no_date(
    demo_catalogue: Catalogue, card_of: Callable[[str], WorkCard], case_of: Make
) -> None:
    card = card_of("ITM-09")
    case = case_of(card)
    assert case.statutory_due is None
    assert words(paper(case, card, demo_catalogue))["法定期限"] == "自公示期满之日起10个工作日（未起算）"


def test_a_date_in_a_year_not_announced_is_said_to_be_provisional(
    demo_catalogue: Catalogue, card_of: Callable[[str], WorkCard], case_of: Make
) -> None:
    card = card_of("ITM-02")
    case = case_of(card, today=date(2026, 12, 28))
    assert case.provisional
    assert "暂定" in str(paper(case, card, demo_catalogue).blocks)


def test_a_deferred_material_is_named_with_its_last_day(
    demo_catalogue: Catalogue, card_of: Callable[[str], WorkCard], case_of: Make
) -> None:
    card = card_of("ITM-08").mark("M4", Verdict.DEFERRED)
    document = paper(case_of(card), card, demo_catalogue)
    (line,) = [block for block in document.blocks if isinstance(block, Hanging)]
    assert line.text.endswith("最迟2026年11月27日补齐")


def test_an_agents_paper_names_both(
    demo_catalogue: Catalogue, card_of: Callable[[str], WorkCard], case_of: Make, citizen: Person
) -> None:
    agent = replace(citizen, name="孙某某", number="990101197808250049")
    card = replace(card_of("ITM-02"), agent=agent)
    assert "代理人" not in words(paper(case_of(card), card, demo_catalogue)), "nobody acts for the applicant"
    card = replace(card, answers={**card.answers, "agent": "委托"})
    shown = words(paper(case_of(card), card, demo_catalogue))
    assert shown["代理人"] == "孙某某（990***********0049）"
    assert words(paper(masked(case_of(card)), card, demo_catalogue))["代理人"] == "孙**（990***********0049）"
