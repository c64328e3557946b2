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
