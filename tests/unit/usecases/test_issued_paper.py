"""The paper in its own words again: the same as the frozen one, persons masked, nothing of who made it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update

from app.domain.case import CaseState
from app.domain.clerk import Clerk
from app.domain.issued_paper import issued_paper
from app.domain.paper.blocks import Codes, Document, LeftRight, Signature, document_from_json
from app.domain.paper.errors import PaperError
from app.domain.paper.masking import masked_document
from app.domain.work.card import WorkCard
from app.domain.work.ending import choose_way, open_menu
from app.domain.work.ending import write as write_ending
from app.domain.work.materials import Verdict
from app.domain.work.refusing import RefusalField, choose_ground, open_refusal, write
from app.ports.spool import JobState
from app.storage.slip_files import load_templates
from app.storage.tables import COUNTER_STATE
from app.usecases.accept_case import accept_case
from app.usecases.complete_case import complete_case
from app.usecases.finish_visit import finish_visit
from app.usecases.intake_case import intake_case
from app.usecases.notice_case import notice_case
from app.usecases.open_day import open_day
from app.usecases.refuse_case import refuse_case
from app.usecases.walk_in import walk_in
from app.usecases.withdraw_case import withdraw_case

Paper = Callable[[Any], Document | None]


@pytest.fixture
def paper(kit: Any) -> Paper:
    """The paper of a record under the published catalogue."""
    with kit.store.read() as view:
        catalogue = view.catalogue()
    return lambda record: issued_paper(record, catalogue, load_templates().__getitem__)


def frozen(taken: Any) -> Document:
    """What the counter printed, as a page may show it."""
    document = document_from_json(taken.job.document)
    shown = tuple(each for each in document.blocks if not isinstance(each, Codes | Signature))
    hidden = tuple(
        replace(each, left=each.left.replace("0301", "****")) if isinstance(each, LeftRight) else each for each in shown
    )
    return masked_document(replace(document, blocks=hidden), ["陈某某"])


def words(document: Document | None) -> str:
    return repr(document.blocks) if document is not None else ""


def told(kit: Any) -> Any:
    """The record of the case as its last operation carries it to the server."""
    return [each for each in kit.operations() if each.entity == "case"][-1].payload


@pytest.mark.parametrize(
    ("verb", "item", "window"),
    [(accept_case, "ITM-02", "A01"), (complete_case, "ITM-01", "A01"), (intake_case, "ITM-02", "D02")],
)
def test_the_words_are_those_the_counter_froze(
    verb: Any, item: str, window: str, *, serving_kit: Any, ready_card: Any, clerk: Any, paper: Paper
) -> None:
    with serving_kit.database.write() as connection:
        connection.execute(update(COUNTER_STATE).values(window=window))
    by = replace(clerk, items=("*",))
    taken = verb(serving_kit.store, serving_kit.clock, load_templates(), ready_card(item), by)
    found = paper(told(serving_kit))
    assert found is not None
    assert (found.slip, found.blocks) == (taken.job.slip, frozen(taken).blocks)
    for hidden in ("陈某", "990101199003070015", "0301", "15400000001"):
        assert hidden not in words(found)
    assert "陈**" in words(found)


def test_a_refusal_says_why_and_where_to_turn(serving_kit: Any, clerk: Any, citizen: Any, paper: Paper) -> None:
    with serving_kit.store.read() as view:
        catalogue = view.catalogue()
    card = WorkCard(None, "A012", "A", catalogue.version, catalogue.items_of_business("A")).choose_item("ITM-02")
    card = write(choose_ground(open_refusal(card.seat(citizen)), 1), RefusalField.REASON, "只卖预包装食品")
    taken = refuse_case(serving_kit.store, serving_kit.clock, load_templates(), card, clerk)
    found = paper(told(serving_kit))
    assert found is not None
    assert found.blocks == frozen(taken).blocks
    assert "只卖预包装食品" in words(found)
    assert "申请行政复议" in words(found)


def test_a_notice_says_what_is_missing_and_how_it_is_mended(
    serving_kit: Any, ready_card: Any, clerk: Any, paper: Paper
) -> None:
    card = ready_card("ITM-02")
    row = next(each.material.id for each in card.materials.lines)
    taken = notice_case(serving_kit.store, serving_kit.clock, load_templates(), card.mark(row, Verdict.MISSING), clerk)
    found = paper(told(serving_kit))
    assert found is not None
    assert found.blocks == frozen(taken).blocks
    assert "请这样补" in words(found)


def test_a_withdrawal_says_what_was_given_back(serving_kit: Any, ready_card: Any, clerk: Clerk, paper: Paper) -> None:
    kit, templates = serving_kit, load_templates()
    accepted = accept_case(kit.store, kit.clock, templates, ready_card("ITM-02"), clerk)
    kit.spool.mark(accepted.job.job_id, JobState.PRINTED)
    finish_visit(kit.store, kit.clock, clerk)
    kit.clock.advance(26 * 3_600_000)
    open_day(kit.store, kit.clock, clerk)
    walk_in(kit.store, kit.clock, clerk)
    blank = WorkCard(None, "W001", "", ready_card("ITM-02").catalogue_version, ())
    card = write_ending(choose_way(open_menu(blank.seat(ready_card("ITM-02").applicant)), 5), "reason", "elsewhere")
    taken = withdraw_case(kit.store, kit.clock, templates, write_ending(card, "number", accepted.case.case_no), clerk)
    found = paper(told(kit))
    assert found is not None
    assert (found.slip, found.blocks) == ("SL-08", frozen(taken).blocks)
    for said in ("TJ20261124-0003-0001", "申请人提出改在别处办理", "退还材料", "2026-11-24 11:00", "陈**"):
        assert said in words(found), said
    for hidden in ("陈某", "990101199003070015", "0301"):
        assert hidden not in words(found)


def test_a_corrected_paper_bears_its_mark(serving_kit: Any, ready_card: Any, clerk: Any, paper: Paper) -> None:
    accept_case(serving_kit.store, serving_kit.clock, load_templates(), ready_card("ITM-02"), clerk)
    found = paper({**told(serving_kit), "correction": {"nth": 2}})
    assert "更正 2" in words(found)


def test_a_paper_that_does_not_count_is_not_shown_and_a_faulty_record_is_refused(
    serving_kit: Any, ready_card: Any, clerk: Any, paper: Paper
) -> None:
    accept_case(serving_kit.store, serving_kit.clock, load_templates(), ready_card("ITM-02"), clerk)
    record = told(serving_kit)
    for state in (CaseState.VOIDED, CaseState.CONSULTING):
        assert paper({**record, "state": state.value}) is None
    for broken in (
        {"item_id": "NONE"},
        {"applicant": {}},
        {"state": "lost"},
        {"accepted_on": "soon"},
        {"state": "withdrawn"},
    ):
        with pytest.raises((KeyError, TypeError, ValueError, PaperError)):
            paper({**record, **broken})
