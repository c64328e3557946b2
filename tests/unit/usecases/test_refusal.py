"""F11: a refusal is one commit with ground, law, way on and remedies, or nothing happened at all."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update

from app.domain.case import CaseState
from app.domain.clerk import Clerk
from app.domain.paper.blocks import KeyValue, Paragraph, Wrapped, document_from_json
from app.domain.person import Person
from app.domain.serials import CaseNumber
from app.domain.visit import Outcome, VisitState
from app.domain.work import draft
from app.domain.work.card import WorkCard
from app.domain.work.refusal import WorkRefusal
from app.domain.work.refusing import RefusalField, choose_ground, open_refusal, say_phoned, write
from app.storage.mirror_tables import CATALOGUE
from app.usecases.acting import ActRefusal, ActRefused
from app.usecases.refuse_case import preview_refusal, refuse_case
from app.usecases.taking_in import CardNotReady

REASON = "您只卖预包装食品，依法不用办食品经营许可"


@pytest.fixture
def refused_card(serving_kit: Any, citizen: Person) -> WorkCard:
    """A citizen who sells packed food only, and F11 pressed."""
    with serving_kit.store.read() as view:
        catalogue = view.catalogue()
    card = WorkCard(None, "A012", "A", catalogue.version, catalogue.items_of_business("A"))
    card = card.choose_item("ITM-02").seat(citizen).answer(1).answer(2).accept_answers()
    return write(choose_ground(open_refusal(card), 1), RefusalField.REASON, REASON)


def refuse(kit: Any, templates: Any, card: WorkCard, clerk: Clerk) -> Any:
    return refuse_case(kit.store, kit.clock, templates, card, clerk)


def test_a_refusal_is_one_commit(
    serving_kit: Any, clerk: Clerk, templates: Any, refused_card: WorkCard, commits: Any
) -> None:
    with commits(serving_kit.database) as seen:
        refuse(serving_kit, templates, refused_card, clerk)
    assert len(seen) == 1


def test_what_was_refused_is_what_store_and_server_get(
    serving_kit: Any, clerk: Clerk, templates: Any, refused_card: WorkCard
) -> None:
    done = refuse(serving_kit, templates, refused_card, clerk)
    assert (done.case.state, done.case.promised_due) == (CaseState.REFUSED, None)
    assert done.case.doc_no == "示食许不受〔2026〕0003-0001号"
    assert CaseNumber.parse(done.case.case_no).sequence == 1
    assert (done.visit.state, done.visit.outcome) == (VisitState.ISSUED, Outcome.REFUSED)
    with serving_kit.store.read() as view:
        assert view.case(done.case.case_id) == done.case
        assert view.open_cases(10) == []
    operation = serving_kit.operations()[-1]
    assert (operation.kind, operation.base_rev) == ("case.refused", None)
    told = operation.payload["refusal"]
    assert (told["clause"], told["decision"], told["fact"]) == ("一", "不受理", f"{REASON}。")


def test_the_notice_says_why_where_to_and_how_to_turn_against_it(
    serving_kit: Any, clerk: Clerk, templates: Any, refused_card: WorkCard
) -> None:
    job = refuse(serving_kit, templates, refused_card, clerk).job
    document = document_from_json(job.document)
    running = [block.text for block in document.blocks if isinstance(block, Paragraph | Wrapped)]
    assert document.title == "不予受理通知书"
    assert any("第三十二条第一款第（一）项的规定，决定不受理" in text for text in running)
    assert any("六十日内向示范县人民政府申请行政复议" in text for text in running)
    assert "不需要许可，到本窗口办理备案。" in running
    assert {block.label: block.value for block in document.blocks if isinstance(block, KeyValue)} == {
        "办件编号": CaseNumber.parse(serving_kit.operations()[-1].payload["case_no"]).__str__(),
        "证件号码": "990***********0015",
        "退回材料": "没有收取材料",
    }


def test_another_organs_matter_names_the_organ_and_the_call(
    serving_kit: Any, clerk: Clerk, templates: Any, refused_card: WorkCard
) -> None:
    card = choose_ground(refused_card, 2)
    with pytest.raises(CardNotReady) as caught:
        refuse(serving_kit, templates, card, clerk)
    assert caught.value.reasons == (WorkRefusal.OFFICE_NEEDED, WorkRefusal.PHONE_FIRST)
    card = say_phoned(write(card, RefusalField.OFFICE, "示范市某某局（示例路1号）"), phoned=True)
    running = [
        block.text
        for block in document_from_json(refuse(serving_kit, templates, card, clerk).job.document).blocks
        if isinstance(block, Paragraph)
    ]
    assert running[-1] == "请到示范市某某局（示例路1号）办理。本窗口已先打电话替您问清楚。"


def test_a_word_that_must_not_be_said_stops_the_notice(
    serving_kit: Any, clerk: Clerk, templates: Any, refused_card: WorkCard
) -> None:
    card = write(refused_card, RefusalField.REASON, "我不管，您问别人")
    with pytest.raises(CardNotReady) as caught:
        refuse(serving_kit, templates, card, clerk)
    assert caught.value.reasons == (WorkRefusal.SAY_WHO_DOES,)
    assert serving_kit.operations()[-1].kind == "ticket.served"


def test_a_law_that_lapsed_overnight_is_not_cited(
    serving_kit: Any, clerk: Clerk, templates: Any, refused_card: WorkCard, published_tables: Any
) -> None:
    document = published_tables["catalogue"][0]["document"]
    laws = [{**each, "expires": "2026-11-01"} if each["id"] == "XKF" else each for each in document["laws"]]
    row = {"version": 1, "rev": 2, "document": {**document, "laws": laws}}
    with serving_kit.database.write() as connection:
        connection.execute(update(CATALOGUE).values(row))
    with pytest.raises(ActRefused) as caught:
        refuse(serving_kit, templates, refused_card, clerk)
    assert caught.value.reason is ActRefusal.LAW_LAPSED


def test_only_a_qualified_clerk_refuses(serving_kit: Any, clerk: Clerk, templates: Any, refused_card: WorkCard) -> None:
    with pytest.raises(ActRefused) as caught:
        refuse(serving_kit, templates, refused_card, replace(clerk, items=("ITM-01",)))
    assert caught.value.reason is ActRefusal.NOT_QUALIFIED


def test_the_preview_shows_gaps_and_no_name(
    serving_kit: Any, clerk: Clerk, templates: Any, refused_card: WorkCard
) -> None:
    card = choose_ground(write(refused_card, RefusalField.REASON, ""), 2)
    document = preview_refusal(serving_kit.store, serving_kit.clock, templates, card, clerk)
    words = str([getattr(block, "text", "") for block in document.blocks])
    assert "……" in words
    assert "陈**" in words
    assert "陈某某" not in words


def test_a_power_cut_keeps_what_was_said(serving_kit: Any, refused_card: WorkCard) -> None:
    with serving_kit.store.read() as view:
        again = draft.from_json(draft.to_json(refused_card), view.catalogue())
    assert again.refusing == refused_card.refusing
