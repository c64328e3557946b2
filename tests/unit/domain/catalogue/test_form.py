"""Faults of a filled field."""

import pytest

from app.domain.catalogue.form import FieldFault, FormField
from app.domain.catalogue.form_rules import is_safe_pattern

PHONE = FormField(
    "phone", "联系电话", "电话", required=True, max_length=13, min_length=7, pattern="^1[0-9]{10}$|^0[0-9]{9,11}$"
)


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("", FieldFault.REQUIRED),
        ("   ", FieldFault.REQUIRED),
        ("154", FieldFault.TOO_SHORT),
        ("1" * 14, FieldFault.TOO_LONG),
        ("abcdefghijk", FieldFault.PATTERN),
        ("15400000001\n", FieldFault.PATTERN),
    ],
)
def test_a_wrong_value_names_its_fault(value: str, fault: FieldFault) -> None:
    assert PHONE.problem(value).fault is fault


def test_a_right_value_has_no_fault() -> None:
    assert PHONE.problem("15400000001") is None


def test_an_empty_optional_field_is_right() -> None:
    assert FormField("x", "x", "x", required=False, max_length=5, min_length=2, pattern="^a{2}$").problem("") is None


def test_a_choice_takes_only_its_options() -> None:
    field = FormField("x", "x", "x", required=True, max_length=5, options=("是", "否"))
    assert field.problem("是") is None
    assert field.problem("也许").fault is FieldFault.NOT_AN_OPTION


def test_a_fault_brings_the_numbers_its_sentence_needs() -> None:
    assert PHONE.problem("154").values == {"title": "联系电话", "limit": 7, "actual": 3}


@pytest.mark.parametrize(
    "pattern", ["^[0-9]{6}$", "^1[0-9]{10}$|^0[0-9]{2,3}-?[0-9]{7,8}$", "^甲|乙$".replace("|", "$|^")]
)
def test_bounded_whole_patterns_are_safe(pattern: str) -> None:
    assert is_safe_pattern(pattern)


@pytest.mark.parametrize(
    "pattern",
    ["", "[0-9]", "^(a+)+$", "^a*$", "^.*$", "^a+$", "^\\d{3}$", "^[z-a]$", "^a{1,9}b{1,9}c{1,9}d{1,9}$", "^a$|b"],
)
def test_patterns_that_could_stall_or_match_a_part_are_not(pattern: str) -> None:
    assert not is_safe_pattern(pattern)
