"""The one-time code: what a hand does to it is found at once, and costs no try."""

import random

import pytest

from app.domain.enrolment_code import ALPHABET, SIGNS, CodeMistyped, code_from, grouped, meant

CODE = code_from(bytes.fromhex("0123456789abcd"))


def test_a_code_is_twelve_signs_in_three_groups() -> None:
    assert len(CODE) == SIGNS
    assert grouped(CODE).count("-") == 2
    assert meant(grouped(CODE)) == CODE
    with pytest.raises(ValueError, match="seven"):
        code_from(b"short")


@pytest.mark.parametrize("spoil", [str.lower, " ".join, lambda code: code[:6] + "—" + code[6:]])
def test_it_is_read_however_it_is_written(spoil) -> None:
    assert meant(spoil(CODE)) == CODE


def test_letters_that_look_like_digits_are_read_as_them() -> None:
    code = next(each for seed in range(99) if "0" in (each := code_from(random.Random(seed).randbytes(7))))
    assert meant(code.replace("0", "O").replace("1", "l")) == code


def test_every_single_wrong_sign_is_found() -> None:
    for at in range(SIGNS):
        for sign in ALPHABET.replace(CODE[at], ""):
            with pytest.raises(CodeMistyped):
                meant(CODE[:at] + sign + CODE[at + 1 :])


def test_two_neighbours_exchanged_are_found() -> None:
    for seed in range(40):
        code = code_from(random.Random(seed).randbytes(7))
        for at in range(SIGNS - 1):
            swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
            if swapped != code and {code[at], code[at + 1]} != {"0", "Z"}:
                with pytest.raises(CodeMistyped):
                    meant(swapped)


@pytest.mark.parametrize("typed", ["", "ABC", CODE + "7", CODE[:-1], "登记码登记码登记码登记码", "U" * SIGNS])
def test_what_is_no_code_is_told_apart(typed: str) -> None:
    if typed == CODE + "7":
        assert meant(typed) == CODE  # the field takes twelve signs
        return
    with pytest.raises(CodeMistyped):
        meant(typed)
