"""CODE128 as symbol values, and the barcode as a block of the paper model."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.paper.blocks import Barcode, Document, document_from_json, document_to_json
from app.domain.paper.code128 import MAX_MODULES, modules, modules_a_column, parts, symbols
from app.domain.paper.errors import BadDocument, PaperError, TooWide, Unprintable
from app.domain.paper.fill import fill
from app.domain.paper.layout import BarcodeLine, TextLine, as_text, lay_out
from app.domain.paper.markup import parse

TEMPLATE = parse("#IF code\n#B {code}\n#END", "SL-99")
CASE = "9901-0003-20261123-0017-4"
"""An everyday case number: 297 modules, 594 dots at two dots a module."""


def test_the_symbols_of_a_ticket_number_are_those_of_the_standard() -> None:
    """Start B, A 0 1 8, and 104 + 1·33 + 2·16 + 3·17 + 4·24 = 316 = 3·103 + 7."""
    assert symbols("A018") == (104, 33, 16, 17, 24, 7)
    assert modules("A018") == 6 * 11 + 13 + 20


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("99", [("C", "99")]),
        ("123", [("B", "123")]),
        ("12345", [("C", "1234"), ("B", "5")]),
        ("A123", [("B", "A123")]),
        ("A12345", [("B", "A1"), ("C", "2345")]),
        ("A1234B", [("B", "A1234B")]),
        ("A1234567B", [("B", "A"), ("C", "123456"), ("B", "7B")]),
    ],
)
def test_digits_go_two_a_symbol_where_this_is_shorter(text: str, expected: list[tuple[str, str]]) -> None:
    assert list(parts(text)) == expected


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=60))
def test_the_parts_are_the_text_and_never_wider_than_set_b_alone(text: str) -> None:
    found = list(parts(text))
    assert "".join(part for _, part in found) == text
    assert all(len(part) % 2 == 0 and part.isdigit() for name, part in found if name == "C")
    assert len(symbols(text)) <= len(text) + 2


@pytest.mark.parametrize("text", ["", "编号", "A\n", "é", "A\x7f"])
def test_what_no_bars_stand_for_has_no_symbols(text: str) -> None:
    with pytest.raises(ValueError, match="ASCII"):
        symbols(text)


def test_a_template_prints_a_barcode_over_its_text_where_the_field_is_given() -> None:
    document = fill(TEMPLATE, {"code": "A018"})
    assert document == Document("SL-99", (Barcode("A018", "code"),))
    assert lay_out(document, 48) == [BarcodeLine("A018", 4), TextLine("A018", 22)]
    assert fill(TEMPLATE, {}).blocks == ()
    words = as_text(lay_out(document, 32), 32)
    assert "条形码" in words
    assert words.endswith("A018\n")


def test_the_bars_are_as_wide_as_the_paper_allows() -> None:
    assert [modules_a_column("ZW1:9901-0003", columns) for columns in (48, 32)] == [4, 6]
    assert [modules_a_column(CASE[:20], columns) for columns in (66, 48, 32)] == [4, 6, None]


@pytest.mark.parametrize(
    ("code", "error"), [("编号", Unprintable), (CASE, TooWide), ("A0" * 12, TooWide), ("A\x1b@", Unprintable)]
)
def test_what_cannot_be_a_barcode_is_refused_before_the_act(code: str, error: type[PaperError]) -> None:
    with pytest.raises(error) as caught:
        fill(TEMPLATE, {"code": code})
    assert caught.value.subject == "code"


def test_a_barcode_wider_than_the_paper_is_refused_and_never_cut() -> None:
    wide = Document("SL-99", (Barcode(CASE, "case_no"),))
    with pytest.raises(TooWide) as caught:
        lay_out(wide, 48)
    assert caught.value.subject == "case_no"
    assert modules(CASE) > 48 * 6


def test_a_barcode_is_frozen_as_json_and_read_back() -> None:
    document = fill(TEMPLATE, {"code": "A018"})
    frozen = json.loads(json.dumps(document_to_json(document)))
    assert frozen["blocks"] == [{"kind": "Barcode", "text": "A018", "field": "code"}]
    assert document_from_json(frozen) == document


@pytest.mark.parametrize("text", ["", "编号", "0" * 40])
def test_json_of_a_barcode_that_no_template_could_have_given_is_refused(text: str) -> None:
    spoilt = replace(fill(TEMPLATE, {"code": "A018"}), blocks=(Barcode(text),))
    if text.isdecimal() and text.isascii():
        assert modules(text) > MAX_MODULES
    with pytest.raises(BadDocument):
        document_from_json(document_to_json(spoilt))
