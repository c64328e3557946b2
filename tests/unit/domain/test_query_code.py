import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.query_code import ALPHABET, query_code


def test_no_sign_can_be_taken_for_another_digit() -> None:
    assert not set("0O1I") & set(ALPHABET)


def test_every_sign_is_equally_likely() -> None:
    drawn = "".join(query_code(bytes([byte] * 4))[0] for byte in range(256))
    assert {drawn.count(sign) for sign in ALPHABET} == {256 // len(ALPHABET)}


@given(st.binary(min_size=4, max_size=4))
def test_a_code_is_four_signs_of_the_alphabet(random: bytes) -> None:
    code = query_code(random)
    assert len(code) == 4
    assert set(code) <= set(ALPHABET)


def test_each_byte_decides_one_sign() -> None:
    assert query_code(bytes([0, 1, 8, 31])) == "23AZ"


@pytest.mark.parametrize("random", [b"", b"123", b"12345"])
def test_another_number_of_bytes_is_refused(random: bytes) -> None:
    with pytest.raises(ValueError, match="four random bytes"):
        query_code(random)
