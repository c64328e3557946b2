from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.id_card import Sex
from app.domain.identity_number import IdentityFault, IdentityNumber, check_character, check_identity_number

TODAY = date(2026, 11, 23)


def read(text: str) -> IdentityNumber:
    answer = check_identity_number(text, TODAY)
    assert isinstance(answer, IdentityNumber)
    return answer


def complete(seventeen: str) -> str:
    return seventeen + check_character(seventeen)


@pytest.mark.parametrize(
    ("number", "birth_date", "sex"),
    [
        ("11010519491231002X", date(1949, 12, 31), Sex.FEMALE),
        ("440524188001010014", date(1880, 1, 1), Sex.MALE),
        ("810000198001010014", date(1980, 1, 1), Sex.MALE),
        ("830000199001020034", date(1990, 1, 2), Sex.MALE),
        ("911840198507220018", date(1985, 7, 22), Sex.MALE),
    ],
)
def test_a_sound_number_tells_birth_and_sex(number: str, birth_date: date, sex: Sex) -> None:
    identity = read(number)
    assert (identity.number, identity.birth_date, identity.sex) == (number, birth_date, sex)
    assert identity.region_known


def test_fifteen_digits_become_eighteen() -> None:
    assert read("110105491231002").number == "11010519491231002X"


def test_a_small_x_and_blanks_around_are_forgiven() -> None:
    assert read(" 11010519491231002x ").number == "11010519491231002X"


@pytest.mark.parametrize("number", ["990101199003070015", "99010119470217008X", complete("70010119900307001")])
def test_an_unknown_region_is_only_a_warning(number: str) -> None:
    assert not read(number).region_known


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("110105194912310021", IdentityFault.CHECK_CHARACTER),
        (complete("11010519490230002"), IdentityFault.BIRTH_DATE),
        (complete("11010500000101002"), IdentityFault.BIRTH_DATE),
        (complete("11010517991231002"), IdentityFault.BIRTH_DATE),
        (complete("11010520261124002"), IdentityFault.FUTURE_BIRTH),
        ("110105491331002", IdentityFault.BIRTH_DATE),
        ("", IdentityFault.SHAPE),
        ("1101051949123100", IdentityFault.SHAPE),
        ("X1010519491231002X", IdentityFault.SHAPE),
        ("１１０１０５１９４９１２３１００２X", IdentityFault.SHAPE),
        ("9" * 100_000, IdentityFault.SHAPE),
    ],
)
def test_a_wrong_number_is_refused_with_its_reason(text: str, fault: IdentityFault) -> None:
    assert check_identity_number(text, TODAY) is fault


def test_who_is_born_today_has_a_number() -> None:
    assert read(complete("11010520261123002")).birth_date == TODAY


@given(st.dates(date(1880, 1, 1), TODAY), st.integers(0, 999), st.data())
def test_every_single_wrong_character_is_noticed(born: date, order: int, data: st.DataObject) -> None:
    number = complete(f"110105{born:%Y%m%d}{order:03}")
    place = data.draw(st.integers(0, 17))
    wrong = data.draw(st.sampled_from(sorted(set("0123456789") - {number[place]})))
    assert isinstance(check_identity_number(number[:place] + wrong + number[place + 1 :], TODAY), IdentityFault)


def test_the_number_does_not_show_in_a_log() -> None:
    assert "19491231" not in repr(read("11010519491231002X"))
