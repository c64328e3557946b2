"""The unified social credit code."""

import pytest

from app.domain.uscc import check_character, is_valid


@pytest.mark.parametrize("code", ["91350100M000100Y43", "11990101MB0DEM102P", "91990101MA0DEM001L"])
def test_a_code_with_its_check_character_is_valid(code: str) -> None:
    assert is_valid(code)
    assert check_character(code[:-1]) == code[-1]


@pytest.mark.parametrize(
    "code",
    ["", "91350100M000100Y44", "19350100M000100Y43", "91350100M000100Y4", "91350100M000100I43", "91350100m000100y43"],
)
def test_any_other_is_not(code: str) -> None:
    assert not is_valid(code)


def test_only_seventeen_characters_have_a_check_character() -> None:
    with pytest.raises(ValueError, match="17"):
        check_character("123")
