"""Look-ups of the published catalogue."""

from datetime import date

import pytest

from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.organisation import Authority


def test_a_ticket_of_business_a_may_be_about_two_items(demo_catalogue: Catalogue) -> None:
    assert [each.id for each in demo_catalogue.items_of_business("A")] == ["ITM-01", "ITM-02"]


def test_the_helpers_window_serves_every_item_but_only_takes_papers_in(demo_catalogue: Catalogue) -> None:
    assert len(demo_catalogue.items_at_window("D02")) == 12
    assert demo_catalogue.authority("D02", "ITM-01") is Authority.INTAKE


@pytest.mark.parametrize(
    ("window", "item", "authority"),
    [
        ("A01", "ITM-01", Authority.COMPLETE),
        ("A01", "ITM-02", Authority.ACCEPT),
        ("E01", "ITM-11", Authority.INTAKE),
        ("A01", "ITM-03", None),
        ("Z99", "ITM-01", None),
    ],
)
def test_item_and_window_together_say_what_may_be_done(
    demo_catalogue: Catalogue, window: str, item: str, authority: Authority | None
) -> None:
    assert demo_catalogue.authority(window, item) is authority


def test_a_window_knows_whose_tickets_it_calls(demo_catalogue: Catalogue) -> None:
    assert [each.code for each in demo_catalogue.businesses_at_window("A01")] == ["A"]


def test_qualification_goes_by_person_and_item(demo_catalogue: Catalogue) -> None:
    assert demo_catalogue.qualified("0301", "ITM-01")
    assert not demo_catalogue.qualified("0301", "ITM-04")
    assert demo_catalogue.qualified("0323", "ITM-10")
    assert not demo_catalogue.qualified("9999", "ITM-01")


def test_an_item_locks_on_the_day_its_law_lapses(demo_catalogue: Catalogue) -> None:
    item = demo_catalogue.items["ITM-01"]
    assert demo_catalogue.lapsed_basis(item, date(2026, 11, 22)) is None
    assert demo_catalogue.lapsed_basis(item, date(2022, 10, 31)).id == "CJGT"


def test_the_intake_forms_of_both_market_items_ask_for_three_texts_once_the_card_is_read(
    demo_catalogue: Catalogue,
) -> None:
    known = {"applicant", "situation"}
    for item_id in ("ITM-01", "ITM-02"):
        fields = demo_catalogue.items[item_id].form.fields
        typed = [each.short for each in fields if each.required and (each.prefill or "").split(".")[0] not in known]
        assert len(typed) <= 3, typed


def test_fields_come_in_the_order_they_are_filled(demo_catalogue: Catalogue) -> None:
    names = [each.name for each in demo_catalogue.items["ITM-01"].form.fields]
    assert names[:2] == ["trade_name", "operator_name"]
    assert names[-1] == "agent_number"
