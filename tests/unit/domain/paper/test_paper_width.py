"""Columns and line breaks."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.paper.width import CLOSING, OPENING, char_width, is_printable, text_width, wrap

MIXED = st.text(st.sampled_from("中文（）《》，。“”·—A1- *䶮𠅤"), max_size=120)


@pytest.mark.parametrize("char", "中，（×·—“”□√★①№Ａ䶮𠅤")
def test_chinese_and_ambiguous_characters_take_two_columns(char: str) -> None:
    assert char_width(char) == 2


@pytest.mark.parametrize("char", "A1-*~ ¥")
def test_latin_characters_take_one_column(char: str) -> None:
    assert char_width(char) == 1


def test_a_closing_mark_does_not_begin_a_line() -> None:
    assert wrap("一二三四五。六", 10) == ["一二三四", "五。六"]


def test_an_opening_mark_does_not_end_a_line() -> None:
    assert wrap("一二三四（五）", 10) == ["一二三四", "（五）"]


def test_a_number_is_not_cut() -> None:
    assert wrap("请拨打0000-8000000。", 18) == ["请拨打", "0000-8000000。"]


def test_a_number_wider_than_the_paper_is_cut_rather_than_lost() -> None:
    assert wrap("1234567890", 4) == ["1234", "5678", "90"]


def test_the_space_at_a_break_is_dropped() -> None:
    assert wrap("工作日9:00-12:00 13:30-17:00", 18) == ["工作日9:00-12:00", "13:30-17:00"]


def test_indents_stand_before_the_first_and_the_other_lines() -> None:
    assert wrap("一二三四五六", 8, first=4, rest=2) == ["    一二", "  三四五", "  六"]


def test_a_space_before_a_word_that_fills_the_line_goes() -> None:
    assert wrap(" 1234567890", 10) == ["1234567890"]


def test_an_empty_text_is_one_empty_line() -> None:
    assert wrap("", 48) == [""]


@given(MIXED, st.integers(min_value=12, max_value=48), st.integers(min_value=0, max_value=6))
@example(" ······", 12, 0)
def test_no_line_is_ever_too_wide_and_no_character_is_lost(text: str, columns: int, rest: int) -> None:
    lines = wrap(text, columns, rest=rest)
    assert all(text_width(line) <= columns for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(st.lists(st.sampled_from(["中文", "（甲）", "《乙》，", "“丙”。"]), max_size=40).map("".join))
def test_marks_of_ordinary_text_stand_where_they_may(text: str) -> None:
    lines = wrap(text, 20)
    assert all(line[0] not in CLOSING for line in lines[1:])
    assert all(line[-1] not in OPENING for line in lines[:-1])


@pytest.mark.parametrize("char", ["\n", "\x1b", "\u202e", "\u200b", "\u2028", "\ud800"])
def test_what_steers_a_printer_or_reorders_a_line_is_not_printable(char: str) -> None:
    assert not is_printable(f"甲{char}乙")
