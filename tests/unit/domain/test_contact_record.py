"""What is kept of a registered contact: its number, its caller, what it is found by, and nothing that is not one."""

from typing import Any

import pytest

from app.domain.caller import caller_in
from app.domain.channel import Channel
from app.domain.contact_record import ContactRecord, closed_record, contact_no, found_by, record_of, record_to_json

NUMBER = "SW20261123-0003-0012"


@pytest.fixture
def record() -> ContactRecord:
    page = {"ending": {"values": {"caller": "陈某某，15400000001"}}, "applicant": {"number": "99010119900307001X"}}
    return ContactRecord("c-1", NUMBER, Channel.PHONE, "怎么报批", "0301", "A01", "2026-11-24", 1, page)


@pytest.mark.parametrize(
    ("line", "name", "phone"),
    [
        ("陈某某 15400000001", "陈某某", "15400000001"),
        ("15400000001，陈某某", "陈某某", "15400000001"),
        ("陈某某", "陈某某", ""),
        ("0000-8000000", "", "0000-8000000"),
        ("陈某某 154000000012", "陈某某 154000000012", ""),
    ],
)
def test_name_and_telephone_stand_in_one_line(line: str, name: str, phone: str) -> None:
    caller = caller_in(line)
    assert caller is not None
    assert (caller.name, caller.phone) == (name, phone)


def test_an_empty_line_names_nobody() -> None:
    assert caller_in(" ，") is None


@pytest.mark.parametrize("typed", [NUMBER, NUMBER.lower(), " ＳＷ20261123-0003-0012 ", "SW20261123 -0003-0012"])
def test_a_number_is_read_however_it_is_typed(typed: str) -> None:
    assert contact_no(typed) == NUMBER


@pytest.mark.parametrize("typed", ["A012", "W03-001", "990101-0003-20261123-0001", "SW2026-1", NUMBER * 9])
def test_other_numbers_are_none(typed: str) -> None:
    assert contact_no(typed) is None


@pytest.mark.parametrize("tokens", [("sw2026112300030012",), ("0012",), ("0001",), ("001x",), ("0012", "0001")])
def test_it_is_found_by_its_number_and_by_the_end_of_a_persons(record: ContactRecord, tokens: tuple[str, ...]) -> None:
    assert found_by(record, tokens)
    assert not found_by(closed_record(record, None, 2), tokens), "a closed one is nobody's"


def test_not_every_token_finds_it(record: ContactRecord) -> None:
    assert not found_by(record, ("0012", "9999"))
    assert not found_by(record, ())


def test_it_crosses_the_wire_whole(record: ContactRecord) -> None:
    assert record_of(record_to_json(record)) == record


@pytest.mark.parametrize(
    "change", [{"page": None}, {"no": 7}, {"topic": "长" * 201}, {"channel": "fax"}, {"registered_ms": "1"}]
)
def test_what_is_no_contact_is_refused(record: ContactRecord, change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        record_of({**record_to_json(record), **change})
    missing = record_to_json(record)
    del missing["clerk"]
    with pytest.raises(ValueError, match="missing"):
        record_of(missing)
