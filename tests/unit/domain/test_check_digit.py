import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_10

from app.domain.check_digit import check_digit, is_valid

digits = st.text("0123456789", min_size=1, max_size=24)


@pytest.mark.parametrize(("number", "expected"), [("9901202611230017", "7"), ("99010003202611230017", "4")])
def test_known_numbers_get_their_digit(number: str, expected: str) -> None:
    assert check_digit(number) == expected


@given(digits)
def test_the_digit_agrees_with_stdnum(number: str) -> None:
    assert check_digit(number) == mod_11_10.calc_check_digit(number)


@given(digits, st.data())
def test_every_single_wrong_digit_is_noticed(number: str, data: st.DataObject) -> None:
    whole = number + check_digit(number)
    assert is_valid(whole)
    place = data.draw(st.integers(0, len(whole) - 1))
    for wrong in set("0123456789") - {whole[place]}:
        assert not is_valid(whole[:place] + wrong + whole[place + 1 :])


@pytest.mark.parametrize("text", ["", "12a", "１２", "-1", "²"])
def test_anything_but_digits_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="only digits"):
        check_digit(text)
    assert not is_valid(text)


def test_a_check_digit_alone_guards_nothing() -> None:
    assert not is_valid("1")
