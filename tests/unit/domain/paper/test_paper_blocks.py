"""Documents frozen as JSON."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from app.domain.paper.blocks import Codes, Document, Rule, Title, Wrapped, document_from_json, document_to_json
from app.domain.paper.errors import BadDocument

DOCUMENT = Document(
    "SL-05", (Title("受理通知书", ""), Rule("="), Wrapped("䶮某："), Codes(("ZW1:1", "ZW1R:2"), "扫码"))
)


def test_a_document_comes_back_from_json_as_it_was() -> None:
    assert document_from_json(json.loads(json.dumps(document_to_json(DOCUMENT)))) == DOCUMENT


def test_the_title_of_a_document_is_its_first_title() -> None:
    assert DOCUMENT.title == "受理通知书"
    assert Document("SL-99", (Wrapped("无题"),)).title == "SL-99"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.update(version=2),
        lambda data: data.update(extra=1),
        lambda data: data.pop("slip"),
        lambda data: data.update(slip=5),
        lambda data: data.update(blocks="text"),
        lambda data: data.update(blocks=[1]),
        lambda data: data.update(blocks=[{"kind": "Wrapped", "text": "甲"}] * 501),
        lambda data: data["blocks"][0].update(kind="Picture"),
        lambda data: data["blocks"][0].update(kind=["Title"]),
        lambda data: data["blocks"][0].pop("text"),
        lambda data: data["blocks"][1].update(mark="~"),
        lambda data: data["blocks"][2].update(text="甲\x1b@"),
        lambda data: data["blocks"][2].update(text="甲" * 4001),
        lambda data: data["blocks"][3].update(payloads=[]),
        lambda data: data["blocks"][3].update(payloads=["A"] * 3),
        lambda data: data["blocks"][3].update(payloads=["编号"]),
    ],
)
def test_json_that_no_template_could_have_given_is_refused(spoil: Callable[[dict[str, Any]], object]) -> None:
    data = document_to_json(DOCUMENT)
    spoil(data)
    with pytest.raises(BadDocument):
        document_from_json(data)
