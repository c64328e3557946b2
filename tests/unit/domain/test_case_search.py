"""The F7 box: what is asked for, and the words a case is found by."""

from typing import Any

import pytest

from app.domain.case_search import initials, tokens, words_of

READ = {"解": ("xie", "jie"), "某": ("mou",), "食": ("shi",), "品": ("pin",), "（": (), "新": ("xin",)}


def read(text: str) -> Any:
    return [READ[sign] for sign in text]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("s 1113", ("s", "1113")),
        ("0187", ("0187",)),
        ("s", ()),
        ("187", ()),
        ("  ", ()),
        ("9901-0003-20261123-0017-4", ("990100032026112300174",)),
        ("ZW1:9901-0003-20261123-0017-4", ("990100032026112300174",)),
        ("Ｓ　１１１３", ("s", "1113")),
        ('s" OR 1=1 *', ("s", "or", "11")),
        ("012x", ()),
        ("0012x", ("0012x",)),
    ],
)
def test_two_words_or_four_digits_are_asked_for(typed: str, wanted: tuple[str, ...]) -> None:
    assert tokens(typed) == wanted


def test_a_family_name_is_found_by_every_reading_of_it() -> None:
    assert initials("解某", read) == ("xm", "jm")


def test_a_case_is_found_by_item_number_date_and_the_tails_of_a_person() -> None:
    person = {"name": "解某", "number": "99010119900307001X", "phone": "15400000001"}
    words = words_of("食品（新", "9901-0003-20261123-0017-4", [person], read).split()
    asked = ("sp", "spx", "9901", "0003", "20261123", "1123", "0017", "00174", "17", "112300174", "xm", "001x", "0001")
    for each in asked:
        assert any(word.startswith(each) for word in words), each
    assert not any(word.startswith(("1990", "99010119900307001x"[:8] + "1")) for word in words)
    assert "15400000001" not in words
