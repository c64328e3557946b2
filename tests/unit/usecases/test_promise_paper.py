"""容缺受理告知书 (SL-16): in the commit of the acceptance, and anew when a correction changes its words."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update

from app.domain.clerk import Clerk
from app.domain.correction import CorrectionReason
from app.domain.paper.blocks import Right, document_from_json
from app.domain.person import Person
from app.domain.work.card import WorkCard
from app.domain.work.materials import Verdict
from app.ports.spool import JobState, PrintWay
from app.storage.tables import COUNTER_STATE
from app.usecases.accept_case import accept_case
from app.usecases.correct_paper import correct_paper, reopen_case
from app.usecases.divert_print import divert_print
from app.usecases.save_draft import restore_draft

NUMBER = "示运许容缺〔2026〕0003-0001号"


@pytest.fixture
def mover(clerk: Clerk) -> Clerk:
    return replace(clerk, items=("ITM-08",))


@pytest.fixture
def accepted(serving_kit: Any, templates: Any, mover: Clerk, citizen: Person) -> Any:
    """The road licence, of which one paper comes later."""
    with serving_kit.database.write() as connection:
        connection.execute(update(COUNTER_STATE).values(window="A07"))
    with serving_kit.store.read() as view:
        catalogue = view.catalogue()
    card = WorkCard(None, "F001", "F", catalogue.version, catalogue.items_of_business("F"))
    card = card.accept_item().seat(citizen).accept_answers().mark("M4", Verdict.DEFERRED).mark("M3a", Verdict.OK)
    card = card.mark_rest_ok()
    for field in card.form.to_fill():
        card = card.fill(field.name, "91990101MA0DEM002P" if field.max_length == 18 else "某某运输")
    return accept_case(serving_kit.store, serving_kit.clock, templates, card.finish_form(), mover)


def papers(kit: Any, case_id: str) -> Any:
    """Slip, fate and first block of every thermal paper; slip, number and fate of every original."""
    with kit.store.read() as view:
        thermal = [(each.slip, each.state, document_from_json(each.document)) for each in view.print_jobs_of(case_id)]
        sealed = [(each.slip, each.doc_no, each.state.value) for each in view.originals_of(case_id)]
    return [(slip, state, document.blocks[0]) for slip, state, document in thermal], sealed


def corrected(kit: Any, templates: Any, mover: Clerk, alter: Any) -> Any:
    with kit.store.read() as view:
        jobs = view.print_jobs_of(view.open_visit().case_id)
    for each in jobs:
        if each.state is JobState.QUEUED:
            kit.spool.mark(each.job_id, JobState.PRINTED)
    reopen_case(kit.store, CorrectionReason.MATERIAL, mover)
    with kit.store.read() as view:
        visit = view.open_visit()
    card = restore_draft(kit.store, visit.visit_id)
    assert card is not None
    return correct_paper(kit.store, kit.clock, templates, alter(card).finish_form(), mover)


def test_promise_and_notice_wait_for_printer_and_seal_in_that_order(serving_kit: Any, accepted: Any) -> None:
    thermal, sealed = papers(serving_kit, accepted.case.case_id)
    assert [slip for slip, _, _ in thermal] == ["SL-16", "SL-05"]
    assert sealed == [("SL-16", NUMBER, "owed"), ("SL-05", accepted.case.doc_no, "owed")]
    assert accepted.job.slip == "SL-05"


def test_a_correction_that_leaves_its_words_leaves_the_promise(
    serving_kit: Any, templates: Any, mover: Clerk, accepted: Any
) -> None:
    corrected(serving_kit, templates, mover, lambda card: card.fill(card.item.form.fields[0].name, "另一名称"))
    thermal, sealed = papers(serving_kit, accepted.case.case_id)
    assert [(slip, state) for slip, state, _ in thermal] == [
        ("SL-16", JobState.PRINTED),
        ("SL-05", JobState.VOIDED),
        ("SL-05", JobState.QUEUED),
    ]
    assert sealed[0] == ("SL-16", NUMBER, "owed")


def test_a_correction_of_its_words_makes_it_anew_under_its_number(
    serving_kit: Any, templates: Any, mover: Clerk, accepted: Any, citizen: Person
) -> None:
    other = replace(citizen, name="陈某")
    corrected(serving_kit, templates, mover, lambda card: replace(card, applicant=other))
    thermal, sealed = papers(serving_kit, accepted.case.case_id)
    assert [(slip, state) for slip, state, _ in thermal] == [
        ("SL-16", JobState.VOIDED),
        ("SL-05", JobState.VOIDED),
        ("SL-16", JobState.QUEUED),
        ("SL-05", JobState.QUEUED),
    ]
    assert thermal[2][2] == Right("更正 1")
    assert [(number, state) for slip, number, state in sealed if slip == "SL-16"] == [
        (NUMBER, "voided"),
        (NUMBER, "owed"),
    ]


def test_where_nothing_comes_later_any_more_the_promise_is_void(
    serving_kit: Any, templates: Any, mover: Clerk, accepted: Any
) -> None:
    done = corrected(serving_kit, templates, mover, lambda card: card.mark("M4", Verdict.OK))
    assert done.case.deferred is None
    thermal, sealed = papers(serving_kit, accepted.case.case_id)
    assert [state for slip, state, _ in thermal if slip == "SL-16"] == [JobState.VOIDED]
    assert [state for slip, _, state in sealed if slip == "SL-16"] == ["voided"]


def test_the_promise_goes_the_way_of_its_notice(serving_kit: Any, mover: Clerk, accepted: Any) -> None:
    divert_print(serving_kit.store, accepted.job.job_id, PrintWay.OTHER, "paper_out", mover)
    with serving_kit.store.read() as view:
        ways = {each.slip: each.way for each in view.print_jobs_of(accepted.case.case_id)}
    assert ways == {"SL-16": PrintWay.OTHER, "SL-05": PrintWay.OTHER}
    said = [each.payload["slip"] for each in serving_kit.operations() if each.kind == "slip.diverted"]
    assert said == ["SL-16", "SL-05"]
