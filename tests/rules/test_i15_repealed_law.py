"""I15 已失效法律法规不得使用: basis fields are references, and a law that ended is cited by nobody any more."""

from collections.abc import Iterator
from typing import Any

import pytest
from clock_hall import desk_of
from living_counter import Living
from pressing import picture, pressed, publish, serve
from published_hall import FIRST, HALL, SECOND, changed, item
from PySide6.QtCore import Qt

from app.domain.decision import DecisionImpossible
from app.domain.paper.blocks import document_from_json
from app.domain.paper.layout import as_text, lay_out
from app.domain.visit import VisitState
from app.storage.slip_files import load_templates
from app.usecases.complete_case import complete_case
from app.usecases.decide_case import decide
from app.usecases.open_day import open_day
from app.usecases.present_ticket import present_ticket
from app.usecases.reprint_slip import reprint_slip

Key = Qt.Key
NEXT_MONTH = "2026-12-20"


@pytest.fixture
def counter(*, qtbot: Any, kit: Any, clerk: Any, queue: Any, ticket: Any) -> Iterator[Living]:
    with pressed(qtbot, kit, clerk, queue(ticket("A012"))) as opened:
        yield opened


def ends(day: str) -> Any:
    """促进个体工商户发展条例, which ITM-01 cites, ends on a day and another law is in force in its place."""

    def change(document: Any) -> None:
        for law in document["laws"]:
            if law["id"] == "CJGT":
                law.update(expires=day, replaced_by="SCZT")

    return change


def repealed(document: Any) -> None:
    item(document, "ITM-01")["legal_basis"][0]["law"] = "GTTL"


@pytest.mark.parametrize("day", ["2022-10-31", "2022-11-01"])
def test_i15_a_repealed_regulation_is_refused_from_its_day_and_its_successor_offered(
    catalogue_hall: Any, day: str
) -> None:
    """I15: citing 个体工商户条例 for a decision dated ≥2022-11-01 is refused and 促进个体工商户发展条例 offered."""

    def at(document: Any) -> None:
        repealed(document)
        document["effective_from"] = day

    answer = catalogue_hall.submit(changed(at)).json()
    about_it = [each for each in answer.get("problems", ()) if each["path"] == "items/0/legal_basis/0/law"]
    told = "《个体工商户条例》自2022-11-01起失效，不得引用；现行的是：促进个体工商户发展条例。"
    assert [each["message"] for each in about_it] == ([told] if day >= "2022-11-01" else [])


def test_i15_items_whose_law_will_end_are_listed_and_locked_on_the_day(catalogue_hall: Any) -> None:
    """I15: items citing a law that expires go to 待修订 and lock on the expiry date."""
    catalogue_hall.publish(ends(NEXT_MONTH))
    (row,) = catalogue_hall.ask("GET", "/v1/catalogue/revisions", FIRST).json()["items"]
    assert (row["item"], row["expires"], row["locked"]) == ("ITM-01", NEXT_MONTH, False)
    assert row["successor"] == "中华人民共和国市场主体登记管理条例"
    catalogue_hall.clock.set(NEXT_MONTH)
    assert catalogue_hall.ask("GET", "/v1/catalogue/revisions", FIRST).json()["items"][0]["locked"]
    shown = catalogue_hall.ask("GET", "/halls/9901/catalogue", headers=catalogue_hall.cookie(SECOND)).text
    assert "已锁定，不能受理" in shown
    assert catalogue_hall.ask("GET", "/v1/catalogue/revisions", "manager").status_code == 403


def test_i15_a_version_that_waited_too_long_is_not_published_over_a_law_that_ended(catalogue_hall: Any) -> None:
    """I15: no repealed law may be used: the day of the approval counts, not that of the submission."""
    waiting = catalogue_hall.submit(changed(ends(NEXT_MONTH))).json()["version"]
    catalogue_hall.clock.set("2026-12-21")
    refused = catalogue_hall.approve(waiting)
    assert refused.status_code == 422
    assert refused.json()["problems"][0]["code"] == "gate_law_repealed"


def test_i15_an_item_is_locked_at_the_window_from_the_day_its_law_ends(counter: Living, published_tables: Any) -> None:
    """I15: items citing a law that expires lock on the expiry date: the window says why and what to do."""
    publish(counter, published_tables, ends("2026-11-23"))
    counter.until(lambda: counter.state.catalogue.version == 2)
    serve(counter)
    counter.until(lambda: "自2026-11-23起失效" in counter.window._view.message)
    assert "现行的是《中华人民共和国市场主体登记管理条例》" in counter.window._view.message
    counter.press(Key.Key_Return, Key.Key_F9)
    counter.until(lambda: counter.state.message == "law_lapsed")
    assert counter.state.visit.state is VisitState.SERVING
    assert "自2026-11-23起失效" in counter.window._view.message
    picture(counter, "laws-locked")


def test_i15_a_reprint_keeps_the_law_of_its_day(kit: Any, clerk: Any, ready_card: Any, published_tables: Any) -> None:
    """I15: reprint of an older case still shows the law valid then."""
    card = ready_card("ITM-01")
    open_day(kit.store, kit.clock, clerk)
    present_ticket(kit.store, kit.clock, "A012", clerk)
    done = complete_case(kit.store, kit.clock, load_templates(), card, clerk)
    row = {**published_tables["catalogue"][0]}
    row["document"] = changed(ends("2026-11-24"))
    item(row["document"], "ITM-01")["legal_basis"][0]["law"] = "SCZT"
    row["document"]["version"] = row["version"] = 2
    assert kit.replica.apply(0, [{"seq": 1, "entity": "catalogue", "data": row}], 1)
    kit.clock.advance(86_400_000)
    again = reprint_slip(kit.store, kit.clock, done.job.job_id, "clerk_asked", clerk)
    words = as_text(lay_out(document_from_json(again.document), 48, again.reprint), 48)
    assert "《促进个体工商户发展条例》第二条" in words.replace("\n", "").replace(" ", "")


def test_i15_a_case_taken_in_without_a_line_under_an_ended_law_waits_for_a_person(catalogue_hall: Any) -> None:
    """I15: the counter had not heard that the law ended; the server had: the case is parked with its reason."""
    desk = desk_of(catalogue_hall, "ITM-08")
    desk.at("2026-11-23")
    before = desk.take_in()
    desk.at("2026-11-24")
    after = desk.take_in()

    def ended(document: Any) -> None:
        next(each for each in document["laws"] if each["id"] == "DLYS").update(expires="2026-11-24", replaced_by="YSHJ")
        road = item(document, "ITM-08")
        for each in road["legal_basis"]:
            each["law"] = "YSHJ"
        del road["not_needed_when"], road["not_ours_when"]
        document["effective_from"] = "2026-11-24"

    catalogue_hall.publish(ended)
    assert [each for each in desk.push() if each != ("applied", None)] == [("conflict", "law_lapsed")]
    tables = catalogue_hall.ask("GET", f"/v1/sync/snapshot?hall={HALL}", "A07").json()["tables"]
    assert {each["case_id"] for each in tables["case"]} == {before.case_id}, "the day before it was in force"
    assert desk.case(after.case_id).state == "accepted", "the counter keeps what it gave the citizen"
    desk.close()


def test_i15_a_decision_cites_no_law_that_ended_since_the_case_was_taken_in(desk_for: Any) -> None:
    """I15: a decision dated on or after the expiry does not cite the law; the published replacement is cited."""
    desk = desk_for("ITM-08")
    desk.at("2026-11-23")
    case = desk.under_review()

    def hear(version: int, change: Any) -> None:
        document = changed(lambda document: document.update(version=version))
        next(each for each in document["laws"] if each["id"] == "DLYS").update(expires="2026-11-20", replaced_by="YSHJ")
        change(item(document, "ITM-08"))
        row = {"version": version, "rev": 1, "document": document, "effective_from": document["effective_from"]}
        cursor = desk.kit.replica.cursor()
        assert desk.kit.replica.apply(cursor, [{"seq": cursor + 1, "entity": "catalogue", "data": row}], cursor + 1)

    def made() -> Any:
        return decide(
            desk.kit.store, desk.clock, load_templates(), case.case_id, denial=None, by=desk.reviewer
        ).decision["basis"]

    hear(50, lambda _: None)
    with pytest.raises(DecisionImpossible, match="decision_basis_lapsed"):
        made()
    hear(51, lambda road: [each.update(law="YSHJ") for each in road["legal_basis"]])
    assert not any("道路运输条例" in each for each in made())
    assert any("优化营商环境条例" in each for each in desk.case(case.case_id).decision["basis"])
