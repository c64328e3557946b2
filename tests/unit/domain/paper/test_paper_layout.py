"""Blocks on paper of 48 and of 32 columns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.paper.blocks import (
    Block,
    Centred,
    Codes,
    Document,
    Hanging,
    KeyValue,
    LeftRight,
    Paragraph,
    Right,
    Rule,
    Seal,
    Signature,
    Title,
    Wrapped,
)
from app.domain.paper.errors import TooWide
from app.domain.paper.layout import CodesLine, TextLine, as_text, lay_out


def printed(*blocks: Block, columns: int = 32, reprint: int = 0) -> list[str]:
    return as_text(lay_out(Document("SL-99", blocks), columns, reprint), columns).splitlines()


def test_a_title_is_twice_as_large_and_centred() -> None:
    assert lay_out(Document("SL-99", (Title("受理通知书"),)), 48) == [TextLine("受理通知书", 14, wide=True, tall=True)]


def test_a_title_too_wide_for_double_width_is_only_twice_as_high() -> None:
    lines = lay_out(Document("SL-99", (Title("示范县政务服务中心"),)), 32)
    assert lines == [TextLine("示范县政务服务中心", 7, wide=False, tall=True)]


def test_a_title_wider_than_the_paper_is_refused_with_its_field() -> None:
    with pytest.raises(TooWide) as caught:
        lay_out(Document("SL-99", (Title("很" * 17, "hall"),)), 32)
    assert caught.value.subject == "hall"


def test_the_value_hangs_behind_its_label() -> None:
    assert printed(KeyValue("承诺办结", "最迟2026年12月8日，从受理次日起算")) == [
        "承诺办结：最迟2026年12月8日，从",
        "          受理次日起算",
    ]


def test_a_case_number_that_does_not_fit_behind_its_label_gets_its_own_line() -> None:
    assert printed(KeyValue("办件编号", "9901-0003-20261123-0017-4")) == ["办件编号：", "  9901-0003-20261123-0017-4"]


def test_left_and_right_share_a_line_while_there_is_room_between_them() -> None:
    assert printed(LeftRight("左" * 7, "右" * 8)) == ["左" * 7 + "  " + "右" * 8]
    assert printed(LeftRight("左" * 8, "右" * 8)) == ["左" * 8, "右" * 8]


def test_a_list_entry_hangs_and_an_unlabelled_one_stands_below_it() -> None:
    assert printed(Hanging("1.", "甲" * 15), Hanging("", "乙")) == ["1. " + "甲" * 14, "   甲", "   乙"]


def test_seal_and_signature_have_their_places() -> None:
    assert printed(Seal("某局", "（专用章）"), Signature("签收")) == [
        "",
        " " * 28 + "某局",
        " " * 22 + "（专用章）",
        "",
        "签收：" + "_" * 26,
        " " * 12 + "______年____月____日",
    ]


def test_two_codes_stand_side_by_side_over_one_caption() -> None:
    lines = lay_out(Document("SL-99", (Codes(("A", "B"), "扫码"),)), 32)
    assert lines == [CodesLine(("A", "B")), TextLine("扫码", 14)]


def test_a_reprint_says_so_before_everything_else() -> None:
    assert printed(Wrapped("甲"), reprint=2) == [" " * 26 + "补打 2", "甲"]


TEXT = st.text(st.sampled_from("中文（）《》，。“”·—A1-/ 䶮𠅤"), min_size=1, max_size=90)
BLOCK = st.one_of(
    TEXT.map(Centred),
    TEXT.map(Right),
    TEXT.map(Paragraph),
    TEXT.map(Wrapped),
    TEXT.map(Signature),
    st.sampled_from("-=").map(Rule),
    st.builds(KeyValue, TEXT, TEXT),
    st.builds(Hanging, TEXT, TEXT),
    st.builds(LeftRight, TEXT, TEXT),
    st.builds(Seal, TEXT, TEXT),
)


@given(st.lists(BLOCK, max_size=8), st.sampled_from([48, 32]))
def test_no_line_ever_exceeds_the_columns_or_ends_in_a_space(blocks: list[Block], columns: int) -> None:
    for line in lay_out(Document("SL-99", tuple(blocks)), columns):
        assert isinstance(line, TextLine)
        assert line.columns <= columns
        assert line.text == line.text.rstrip()
