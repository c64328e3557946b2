"""Filling a template: everything it prints must be there, nothing else may be."""

import pytest

from app.domain.paper.blocks import Codes, Document, Hanging, KeyValue, Title
from app.domain.paper.errors import MissingField, PaperError, TooWide, UnknownField, Unprintable, WrongType
from app.domain.paper.fill import fill
from app.domain.paper.markup import parse

TEMPLATE = parse(
    "#T {title}\n#K 编号|{no}号\n#IF agent\n#K 代理人|{agent}\n#END\n"
    "#IF rows\n#EACH rows\n#N {it.n}.|{it.name}\n#END\n#END\n#Q {qr}|扫码",
    "SL-99",
)
FIELDS = {"title": "单", "no": 7, "qr": "ZW1:1"}


def test_fields_and_rows_are_put_into_their_places() -> None:
    rows = [{"n": 1, "name": "申请书"}, {"n": 2, "name": "身份证"}]
    assert fill(TEMPLATE, FIELDS | {"rows": rows}) == Document(
        "SL-99",
        (
            Title("单", "title"),
            KeyValue("编号", "7号"),
            Hanging("1.", "申请书"),
            Hanging("2.", "身份证"),
            Codes(("ZW1:1",), "扫码"),
        ),
    )


def test_a_condition_prints_its_part_only_where_the_field_is_given() -> None:
    assert KeyValue("代理人", "李某") in fill(TEMPLATE, FIELDS | {"agent": "李某"}).blocks
    assert len(fill(TEMPLATE, FIELDS | {"agent": ""}).blocks) == len(fill(TEMPLATE, FIELDS).blocks)


def test_zero_is_a_number_and_not_a_missing_field() -> None:
    assert KeyValue("编号", "0号") in fill(TEMPLATE, FIELDS | {"no": 0}).blocks


def test_a_value_with_markup_in_it_stays_text() -> None:
    assert KeyValue("编号", "{title}|#END号") in fill(TEMPLATE, FIELDS | {"no": "{title}|#END"}).blocks


@pytest.mark.parametrize(
    ("fields", "error", "subject"),
    [
        ({"no": None}, MissingField, "no"),
        ({"no": ""}, MissingField, "no"),
        ({"no": " \u3000"}, MissingField, "no"),
        ({"rows": [{"n": 1, "name": "a"}, {"n": 2}]}, MissingField, "rows[2].name"),
        ({"colour": "red"}, UnknownField, "colour"),
        ({"no": True}, WrongType, "no"),
        ({"no": 1.5}, WrongType, "no"),
        ({"no": ["a"]}, WrongType, "no"),
        ({"rows": "text"}, WrongType, "rows"),
        ({"rows": ["text"]}, WrongType, "rows"),
        ({"no": "7\n8"}, Unprintable, "no"),
        ({"no": "\x1b@"}, Unprintable, "no"),
        ({"qr": "编号"}, TooWide, "qr"),
        ({"qr": "1" * 101}, TooWide, "qr"),
        ({"title": "很" * 17}, TooWide, "title"),
        ({"no": "1" * 1001}, TooWide, "no"),
        ({"rows": [{"n": 1, "name": "a"}] * 101}, TooWide, "rows"),
    ],
)
def test_a_field_that_cannot_be_printed_stops_the_paper_with_its_name(
    fields: dict[str, object], error: type[PaperError], subject: str
) -> None:
    with pytest.raises(error) as caught:
        fill(TEMPLATE, FIELDS | fields)
    assert caught.value.subject == subject


def test_a_list_that_is_always_printed_may_not_be_empty() -> None:
    with pytest.raises(MissingField):
        fill(parse("#EACH rows\n#W {it.a}\n#END", "SL-99"), {"rows": ()})
