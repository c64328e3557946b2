"""I04 驳回(退回)申请的记录: no negative end without ground, reason and paper; what was told stands in the ledger."""

from collections.abc import Iterator
from typing import Any

import pytest
from ending_hands import explain, outcome, right
from hand_out import at_window, sit_down
from ledger_proof import BASE
from litestar.testing import TestClient
from living_counter import Key, Living
from office import Office, opened_office
from papers import words_of
from test_i57_completion_notice import decided

from app.domain.case import CaseState
from app.domain.person import Person
from sync.server.http.application import application
from sync.server.http.hints import Hints

REASON = "只卖预包装食品，备案就可以"


@pytest.fixture
def office(qapp: Any) -> Iterator[Office]:
    with opened_office() as hall:
        yield hall


def ledger(office: Office) -> Any:
    """退件台账 of the month over HTTP."""
    with TestClient(application(office.service, Hints())) as client:
        headers = {"Authorization": "Bearer token-0902"}
        query = {"first": "2026-11-01", "last": "2026-11-30"}
        return client.get(f"{BASE}/negative", params=query, headers=headers).json()


def sitting(counter: Living, citizen: Person) -> None:
    sit_down(counter, citizen)
    counter.press(Key.Key_2, Key.Key_Return)


def test_i04_without_ground_reason_or_paper_nothing_ends(office: Office, citizen: Person, qtbot: Any) -> None:
    """I04: ending a case negatively without reason+basis+print is impossible."""
    here = office.place("A03", "0302")
    with at_window(here, qtbot) as counter:
        sitting(counter, citizen)
        counter.press(Key.Key_F11, Key.Key_F11)
        assert counter.state.message == "no_ground"
        counter.press(Key.Key_1, Key.Key_F11)
        assert (counter.state.message, outcome(counter)) == ("facts_needed", "")
        counter.press(Key.Key_Tab)
        explain(REASON)
        counter.until(lambda: right(counter).primary is not None and right(counter).primary.enabled)
        counter.press(Key.Key_F11)
        counter.until(lambda: outcome(counter) == "rejected")
        case = counter.state.issued
    assert case is not None
    with here.store.read() as view:
        (paper,) = view.print_jobs_of(case.case_id)
    words = str(paper.document)
    assert paper.slip == "SL-07"
    assert all(each in words for each in (REASON, "第三十二条", "示范县人民政府", str(case.doc_no)))


def test_i04_the_ledger_has_every_negative_case_with_the_words_that_were_told(
    office: Office, citizen: Person, qtbot: Any
) -> None:
    """I04: count(退件台账) = count(negative cases) for any period; the row shows the exact text that was told."""
    here = office.place("A03", "0302")
    assert ledger(office)["count"] == 0
    with at_window(here, qtbot) as counter:
        sitting(counter, citizen)
        counter.press(Key.Key_F11, Key.Key_1, Key.Key_Tab)
        explain(REASON)
        counter.until(lambda: right(counter).primary is not None and right(counter).primary.enabled)
        counter.press(Key.Key_F11)
        counter.until(lambda: outcome(counter) == "rejected")
        refused = counter.state.issued
    assert refused is not None
    here.sync()
    page = ledger(office)
    heads = [each["head"] for each in page["columns"]]
    (row,) = page["rows"]
    said = dict(zip(heads, row["cells"], strict=True))
    assert page["count"] == 1
    assert row["case_id"] == refused.case_id
    assert REASON in said["告知内容"]
    assert "0302" in "".join(map(str, row["cells"]))
    assert here.case(refused.case_id).state is CaseState.REFUSED
    assert (said["退还材料"], said["复核"]) == ("没有收取材料", "抄送值班经理")
    assert said["救济途径"] == "示范县人民政府；示范县人民法院"


def test_i04_every_kind_of_negative_end_is_a_row_with_what_went_back_and_who_signed_off(
    office: Office, citizen: Person, qtbot: Any
) -> None:
    """I04: category, reason, basis, what was told, materials returned, remedy, clerk, reviewer, of every kind of no."""
    denied, _ = decided(office, citizen, qtbot, deny=True)
    here = office.place("A03", "0302")
    taken_back = here.accept(citizen)
    with at_window(here, qtbot) as counter:
        sit_down(counter, citizen)
        counter.press(Key.Key_F12, Key.Key_5)
        counter.write(taken_back.case_no)
        counter.press(Key.Key_Return, Key.Key_Return)
        counter.until(lambda: outcome(counter) == "withdrawn")
        assert counter.state.job is not None
        paper = words_of(counter.state.job.document)
    here.sync()
    page = ledger(office)
    heads = [each["head"] for each in page["columns"]]
    rows = {row["case_id"]: dict(zip(heads, row["cells"], strict=True)) for row in page["rows"]}
    assert page["count"] == len(rows) == 2
    no, back = rows[denied.case_id], rows[taken_back.case_id]
    assert (no["种类"], no["复核"], no["救济途径"]) == ("不予许可", "0401", "示范县人民政府；示范县人民法院")
    assert "现场没有洗消设施。" in no["告知内容"]
    assert "《" in no["依据"]
    assert (back["种类"], back["复核"], back["救济途径"]) == ("退件", "撤回不需复核", "")
    assert "食品经营许可证申请书原件1份" in back["退还材料"]
    assert "食品经营许可证申请书" in paper
    assert "退还材料：" in paper
    assert "复核：撤回不需复核" in paper


@pytest.mark.parametrize("gap", ["fact", "guide", "decision", "own_basis", ""])
def test_i04_the_server_takes_no_refusal_with_a_hole(desk_for: Any, gap: str) -> None:
    """A changed client leaves a part out, signs, and is told no; a whole refusal is taken."""
    desk = desk_for("ITM-11")
    desk.at("2026-11-23")
    case = desk.take_in(accept=False)
    desk.sync()
    refusal = {"kind": "not_ours", "clause": "", "own_basis": "《建筑法》第八条", "decision": "不予受理"}
    payload = {
        **desk.payload(case),
        "state": "refused",
        "rev": 2,
        "doc_no": "示建许不受〔2026〕0001号",
        "notice_due": None,
    }
    told = {**refusal, "fact": "不归本窗口许可。", "guide": "请到市局办理。"}
    payload["refusal"] = {**told, **({gap: ""} if gap else {})}
    said = desk.say("case.refused", case, payload, by=desk.clerk)
    assert said[-1] == (("rejected", "malformed_payload") if gap else ("applied", None))
