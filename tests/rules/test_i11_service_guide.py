"""I11 便民服务指南: nothing is published without the seven things, and the guide says them on paper and page."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from clock_hall import desk_of
from living_counter import Living
from pressing import cut_off, pressed, serve
from published_hall import changed, item
from PySide6.QtCore import Qt

from app.domain.paper.blocks import document_from_json
from app.domain.paper.layout import as_text, lay_out
from app.storage.slip_files import load_templates
from app.usecases.print_guide import print_guide

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def counter(*, qtbot: Any, kit: Any, clerk: Any, queue: Any, ticket: Any) -> Iterator[Living]:
    with pressed(qtbot, kit, clerk, queue(ticket("A012"))) as opened:
        yield opened


def of_item(key: str) -> Any:
    return lambda document: item(document, "ITM-02").pop(key)


SEVEN = {
    "设定依据": of_item("legal_basis"),
    "办理程序": of_item("steps"),
    "受理条件": of_item("conditions"),
    "承诺办结时限": of_item("promised_limit"),
    "收费标准": of_item("fee"),
    "投诉电话": lambda document: document["departments"][1].pop("complaint_tel"),
    "行政效能投诉中心电话": lambda document: document["center"].pop("efficacy_tel"),
}
"""依据, 程序, 条件, 时限, 收费标准, own complaint phone, 行政效能投诉中心 phone."""


def test_i11_each_of_the_seven_missing_is_refused_by_its_name(catalogue_hall: Any) -> None:
    """I11: delete any one of the seven → publish refused, naming it."""
    for name, delete in SEVEN.items():
        refused = catalogue_hall.submit(changed(delete))
        assert refused.status_code == 422, name
        told = [each["message"] for each in refused.json()["problems"]]
        assert f"办事指南不全，缺“{name}”，补上才能发布。" in told
    for name in ("设定依据", "办理程序", "受理条件"):
        empty = changed(lambda document, name=name: None)
        key = {"设定依据": "legal_basis", "办理程序": "steps", "受理条件": "conditions"}[name]
        item(empty, "ITM-02")[key] = []
        assert catalogue_hall.submit(empty).json()["problems"][0]["code"] == "gate_guide_incomplete"


def test_i11_a_promise_longer_than_the_statute_is_refused(catalogue_hall: Any) -> None:
    """I06: promised > statutory is refused at publish."""
    refused = catalogue_hall.submit(
        changed(lambda document: item(document, "ITM-02")["promised_limit"].update(days=11))
    )
    assert [each["message"] for each in refused.json()["problems"]] == ["承诺时限11长于法定时限10。"]


def test_i11_everybody_reads_the_guide_in_the_hall_with_version_and_date(catalogue_hall: Any) -> None:
    """I11: guide viewable in hall and printable; it carries version and date."""
    kiosk = catalogue_hall.ask("GET", "/halls/9901/kiosk", "kiosk").text
    assert 'href="/halls/9901/guide"' in kiosk
    contents = catalogue_hall.ask("GET", "/halls/9901/guide").text
    assert "回去取号" not in contents
    assert "回去取号" in catalogue_hall.ask("GET", "/halls/9901/guide", "kiosk").text
    assert 'href="/halls/9901/guide/ITM-02"' in contents
    guide = catalogue_hall.ask("GET", "/halls/9901/guide/ITM-02").text
    for words in (
        "ITM-02 v1",
        "2026年1月1日",
        "2026年11月23日",
        "《中华人民共和国食品安全法》第三十五条",
        "承诺8个工作日",
        "不收费",
        "0000-8000112",
        "0000-8000001",
        "材料审查（市场监管局，2个工作日）",
    ):
        assert words in guide
    assert catalogue_hall.ask("GET", "/halls/9901/guide/ITM-99").status_code == 404
    assert catalogue_hall.ask("GET", "/halls/9902/guide/ITM-02").status_code == 404


def test_i11_the_guide_of_the_item_is_printed_by_one_key_without_a_network(counter: Living) -> None:
    """I11, I16: guide of any published item prints in one action, offline too, and carries version and date."""
    serve(counter)
    cut_off(counter)
    counter.press(Key.Key_F9, modifier=SHIFT)
    counter.until(lambda: counter.state.message == "guide_queued")
    job = counter.kit.spool.next_queued()
    words = as_text(lay_out(document_from_json(copy.deepcopy(job.document)), 48), 48)
    for told in ("个体工商户设立登记", "版本：ITM-01 v1", "生效：2026年1月1日", "打印：2026年11月23日"):
        assert told in words
    assert counter.state.visit is not None
    (kept,) = [each for each in counter.kit.operations() if each.kind == "guide.printed"]
    assert dict(kept.payload) == {"item_id": "ITM-01", "catalogue_version": 1}


def test_i11_a_window_without_a_citizen_chooses_whose_guide(counter: Living) -> None:
    """I16: guide of any published item prints in one action: here a digit names the item."""
    counter.press(Key.Key_F9, modifier=SHIFT)
    assert [each.title for each in counter.state.ask.view.options] == ["个体工商户设立登记", "食品经营许可（新办）"]
    counter.press(Key.Key_2)
    counter.until(lambda: counter.state.message == "guide_queued")
    assert counter.kit.spool.next_queued().document["slip"] == "SL-ZN"


def test_i11_the_server_keeps_which_guide_was_given_out(catalogue_hall: Any) -> None:
    """I16: count of prints by item: the operation of a print is taken; a version or item that never was is not."""
    desk = desk_of(catalogue_hall, "ITM-08")
    try:
        desk.at("2026-11-23")
        print_guide(desk.kit.store, desk.clock, load_templates(), "ITM-08", desk.clerk)
        assert {status for status, _ in desk.push()} == {"applied"}
        for said in ({"item_id": "ITM-99", "catalogue_version": 1}, {"item_id": "ITM-08", "catalogue_version": 9}):
            assert desk.say_of("guide.printed", "guide", "job", said)[-1] == ("rejected", "malformed_payload")
    finally:
        desk.close()
