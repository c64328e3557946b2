"""I51 四统一: centre name, windows, items and processes come from one master; a client renames nothing."""

import copy
from itertools import product
from typing import Any

from clock_hall import desk_of
from published_hall import item

from app.domain.paper.blocks import document_from_json
from app.domain.paper.layout import as_text, lay_out
from app.storage.slip_files import load_templates
from app.usecases.complete_case import complete_case
from app.usecases.open_day import open_day
from app.usecases.present_ticket import present_ticket
from app.usecases.reprint_slip import reprint_slip
from ui.screens.counter.facts import read_facts

CENTRE, BUSINESS, ITEM = "改名县政务服务中心", "食品与市场准入", "食品经营许可（改名）"


def renamed(document: dict[str, Any]) -> None:
    document["center"]["name"] = CENTRE
    document["businesses"][0]["name"] = BUSINESS
    item(document, "ITM-02")["name"] = ITEM
    item(document, "ITM-02")["steps"][0]["name"] = "收件受理（改名）"
    document["windows"][0]["zone"] = "一楼改名区"


def test_i51_a_renamed_item_appears_everywhere_after_publish(catalogue_hall: Any) -> None:
    """I51: a renamed item appears everywhere after publish: board, kiosk, guide, and what every counter holds."""
    waiting = catalogue_hall.submit_changed(renamed)
    told = {
        "board": ("/halls/9901/board", "manager", CENTRE),
        "kiosk": ("/halls/9901/kiosk", "kiosk", BUSINESS),
        "kiosk's head": ("/halls/9901/kiosk", "kiosk", CENTRE),
        "kiosk's place": ("/halls/9901/kiosk", "kiosk", "一楼改名区"),
        "contents": ("/halls/9901/guide", None, ITEM),
        "guide": ("/halls/9901/guide/ITM-02", None, ITEM),
        "guide's steps": ("/halls/9901/guide/ITM-02", None, "收件受理（改名）"),
        "state": ("/v1/halls/9901/state", "manager", BUSINESS),
    }
    before = {name: words in catalogue_hall.ask("GET", path, who).text for name, (path, who, words) in told.items()}
    assert not any(before.values())
    assert catalogue_hall.approve(waiting).status_code == 200
    after = {name: words in catalogue_hall.ask("GET", path, who).text for name, (path, who, words) in told.items()}
    assert all(after.values()), after
    (_, held) = catalogue_hall.snapshot()["tables"]["catalogue"]
    assert item(held["document"], "ITM-02")["name"] == ITEM


def test_i51_a_client_has_no_edit_for_names(catalogue_hall: Any) -> None:
    """I51: client has no edit for these: who is no administrator publishes nothing; no other address takes names."""
    tries = product(
        ("POST", "PUT", "PATCH", "DELETE"), ("", "/1", "/1/approve"), ("A01", "kiosk", "manager", "0301", None)
    )
    for method, path, who in tries:
        answer = catalogue_hall.ask(method, f"/v1/catalogue/versions{path}", who, content=b"center: {name: x}")
        assert answer.status_code in {401, 403, 404, 405}, (method, path, who)
    names = ("center", "businesses", "items", "windows", "catalogue")
    described = catalogue_hall.ask("GET", "/schema/openapi.json").json()["paths"]
    writing = [
        path for path, verbs in described.items() if {"post", "put", "patch"} & verbs.keys() and path.endswith(names)
    ]
    # Which window calls which business is moved there, by code; no name goes with it.
    assert writing == ["/v1/halls/{hall}/floor/windows/{window}/businesses"]


def test_i51_an_open_case_keeps_its_version_and_its_papers_words(
    kit: Any, clerk: Any, ready_card: Any, published_tables: Any
) -> None:
    """I51: a renamed item appears at the counter after publish; a case taken in before keeps version and paper."""
    open_day(kit.store, kit.clock, clerk)
    present_ticket(kit.store, kit.clock, "A012", clerk)
    done = complete_case(kit.store, kit.clock, load_templates(), ready_card("ITM-01"), clerk)
    row = copy.deepcopy(published_tables["catalogue"][0])
    row["version"] = row["document"]["version"] = 2
    item(row["document"], "ITM-01")["name"] = ITEM
    row["document"]["center"]["name"] = CENTRE
    assert kit.replica.apply(0, [{"seq": 1, "entity": "catalogue", "data": row}], 1)
    facts = read_facts(kit.store, "A01", kit.clock.now_ms())
    assert facts.catalogue.items["ITM-01"].name == ITEM
    with kit.store.read() as view:
        case = view.case(done.case.case_id)
    assert (case.catalogue_version, case.item_name) == (1, "个体工商户设立登记")
    again = reprint_slip(kit.store, kit.clock, done.job.job_id, "clerk_asked", clerk)
    words = "".join(as_text(lay_out(document_from_json(again.document), 48, again.reprint), 48).split())
    assert "个体工商户设立登记" in words
    assert ITEM not in words
    assert CENTRE not in words


def test_i51_the_citizens_page_has_the_new_centre_and_the_old_papers_words(catalogue_hall: Any) -> None:
    """I51: a renamed item appears everywhere after publish, /q too; what an open case's paper said stays."""

    def change(document: dict[str, Any]) -> None:
        renamed(document)
        item(document, "ITM-08")["name"] = ITEM

    desk = desk_of(catalogue_hall, "ITM-08")
    try:
        desk.at("2026-11-23")
        case = desk.take_in()
        desk.push()
    finally:
        desk.close()
    catalogue_hall.publish(change)
    form = {"code": case.query_code}
    page = catalogue_hall.ask("POST", f"/q/{case.case_no}", data=form).text
    assert CENTRE in page
    assert case.item_name in page
    assert ITEM not in page
