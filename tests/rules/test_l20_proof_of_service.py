"""L20 送达回证: a served no has its proof: who, what, where, how, when, and a place to sign."""

from collections.abc import Iterator
from typing import Any

import pytest
from hand_out import handed_out
from office import Office, opened_office
from papers import words_of
from test_i57_completion_notice import decided

from app.domain.decision import decision_of
from app.domain.person import Person


@pytest.fixture
def office(qapp: Any) -> Iterator[Office]:
    with opened_office() as hall:
        yield hall


def test_l20_a_served_refusal_has_a_proof_of_service(office: Office, citizen: Person, qtbot: Any) -> None:
    """L20: each served negative document has a 回证: who, what, where, how, when, signature."""
    case, pickup = decided(office, citizen, qtbot, deny=True)
    assert [slip for slip, _ in pickup.originals(case.case_id)] == []
    office.clock.set("2026-11-27", 10)
    assert handed_out(pickup, citizen, case.query_code, qtbot) == "result_handed_out"
    with pickup.store.read() as view:
        (proof,) = view.originals_of(case.case_id)
        paper = view.original_paper(proof.original_id)
    words, decision = words_of(paper), decision_of(pickup.case(case.case_id))
    assert decision is not None
    assert (proof.slip, proof.doc_no) == ("SL-D3", decision.doc_no)
    told = {
        "受送达人": "受送达人：陈某某",
        "送达文书": "不予行政许可决定书",
        "文号": decision.doc_no,
        "送达地点": "C01",
        "送达方式": "直接送达",
        "收件人": "收件人：陈某某",
        "送达时间": "2026-11-2710:00",
        "签名": "收件人签名",
    }
    assert [name for name, said in told.items() if name not in words or said not in words] == []
    pickup.sync()


def test_l20_a_licence_that_was_handed_out_needs_none(office: Office, citizen: Person, qtbot: Any) -> None:
    """The proof is owed for a no; what was granted is signed for where it is handed out."""
    case, pickup = decided(office, citizen, qtbot)
    assert handed_out(pickup, citizen, case.query_code, qtbot) == "result_handed_out"
    assert pickup.originals(case.case_id) == []
