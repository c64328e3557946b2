"""What is typed by hand is checked as strictly as what a card says, and each fault says what to do."""

from datetime import date
from typing import Any

import pytest

from app.domain.id_card import CardType
from app.domain.organisation import Organisation
from app.domain.person import PersonSource, Slot
from app.domain.person_entry import EntryFault, organisation_of, person_of, problems
from app.storage.messages import sentence as text

TODAY = date(2026, 11, 23)
GOOD = {"card_type": "resident", "name": "陈某某", "number": "990101199003070015", "phone": "15400000001"}


def faults(slot: Slot = Slot.APPLICANT, others: Any = None, **changes: str) -> list[EntryFault]:
    return [each.fault for each in problems(slot, {**GOOD, **changes}, TODAY, others or {})]


@pytest.mark.parametrize(
    ("card_type", "number"),
    [
        (CardType.RESIDENT, "990101199003070015"),
        (CardType.RESIDENT, " 990101199003070015 "),
        (CardType.HMT, "810000198001010014"),
        (CardType.FOREIGNER_2017, "can990081080310"),
        (CardType.FOREIGNER_2023, "911840198507220018"),
    ],
)
def test_each_of_the_four_documents_takes_its_own_number(card_type: CardType, number: str) -> None:
    assert faults(card_type=card_type.value, number=number) == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"name": ""}, EntryFault.EMPTY),
        ({"name": "陈3"}, EntryFault.NAME),
        ({"name": "陈" * 51}, EntryFault.NAME_LONG),
        ({"number": ""}, EntryFault.EMPTY),
        ({"number": "11010119900307"}, EntryFault.NUMBER_LENGTH),
        ({"number": "11010119900307001A"}, EntryFault.NUMBER_SHAPE),
        ({"number": "110101199003070010"}, EntryFault.NUMBER_CHECK),
        ({"number": "810000198001010014"}, EntryFault.NUMBER_TYPE),
        ({"number": "911840198507220018"}, EntryFault.NUMBER_TYPE),
        ({"card_type": "hmt"}, EntryFault.NUMBER_TYPE),
        ({"number": "110101202702300011"}, EntryFault.NUMBER_CHECK),
        ({"card_type": "foreigner-2017", "number": "CAN99008108"}, EntryFault.NUMBER_LENGTH),
        ({"card_type": "foreigner-2017", "number": "990081080310CAN"}, EntryFault.NUMBER_SHAPE),
        ({"card_type": "foreigner-2017", "number": "CAN990081133110"}, EntryFault.NUMBER_BIRTH),
        ({"phone": "1540000000"}, EntryFault.PHONE),
    ],
)
def test_a_wrong_field_names_its_fault(changes: dict[str, str], fault: EntryFault) -> None:
    assert fault in faults(**changes)


def test_every_fault_can_be_said() -> None:
    for fault in EntryFault:
        assert text(fault.value, limit=18, actual=17)


def test_an_agent_is_somebody_else(citizen: Any) -> None:
    assert faults(Slot.AGENT, {Slot.APPLICANT: citizen}) == [EntryFault.SAME_PERSON]
    assert faults(Slot.APPLICANT, {Slot.AGENT: citizen}) == [EntryFault.SAME_PERSON]
    assert faults(Slot.GUARDIAN, {Slot.AGENT: citizen}) == [], "a guardian may act"


def test_who_is_typed_is_marked_so_and_says_what_the_number_says() -> None:
    person = person_of({**GOOD, "name": " 陈某某 "}, TODAY, 5)
    assert (person.name, person.source, person.birth_date, person.sex, person.read_at_ms) == (
        "陈某某", PersonSource.MANUAL, "1990-03-07", "男", 5,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("uscc", "fault"),
    [
        ("", [EntryFault.EMPTY]),
        ("91990101MA0DEM101", [EntryFault.USCC_LENGTH]),
        ("91990101MA0DEM1018", [EntryFault.USCC]),
        ("91990101ma0dem101a", []),
    ],
)
def test_an_organisations_code_checks(uscc: str, fault: list[EntryFault]) -> None:
    found = problems(Slot.ORGANISATION, {"name": "示范货运有限公司", "uscc": uscc}, TODAY, {})
    assert [each.fault for each in found] == fault


def test_an_organisation_survives_the_journal() -> None:
    made = organisation_of({"name": "示范货运有限公司", "uscc": "91990101ma0dem101a"}, 7)
    assert made == Organisation("示范货运有限公司", "91990101MA0DEM101A", 7)
    assert Organisation.from_json(made.to_json()) == made


@pytest.mark.parametrize(
    "broken",
    [
        {"name": "甲"},
        {"name": "", "uscc": "91990101MA0DEM101A", "entered_ms": 1},
        {"name": "甲", "uscc": "9199", "entered_ms": 1},
        {"name": "甲", "uscc": "91990101MA0DEM101A", "entered_ms": "1"},
    ],
)
def test_what_is_no_organisation_is_not_read_as_one(broken: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"organisation|credit|milliseconds"):
        Organisation.from_json(broken)
