"""L20 送达回证: every no that was served has its proof: who, what, where, how, when, signature, or tracking."""

from collections.abc import Iterator
from typing import Any

import pytest
from ending_hands import explain, outcome, right
from hand_out import at_window, handed_out, sit_down
from living_counter import Key, Living
from office import Office, Place, opened_office
from papers import words_of
from serving import CTRL, ELECTRONIC, LEFT, POST, fill, open_page, written
from test_i57_completion_notice import decided

from app.domain.case import CaseState
from app.domain.decision import decision_of
from app.domain.person import Person
from app.domain.service import ServiceMode, service_from
from ui.screens.counter.view_model import CounterView


@pytest.fixture
def office(qapp: Any) -> Iterator[Office]:
    with opened_office() as hall:
        yield hall


def proof_of(place: Place, case_id: str) -> str:
    """Return the words of the one 送达回证 that is owed under seal."""
    with place.store.read() as view:
        (proof,) = [each for each in view.originals_of(case_id) if each.slip == "SL-D3"]
        return words_of(view.original_paper(proof.original_id))


def test_l20_a_served_refusal_has_a_proof_of_service(office: Office, citizen: Person, qtbot: Any) -> None:
    """L20: each served negative document has a 回证: who, what, where, how, when, signature."""
    case, pickup = decided(office, citizen, qtbot, deny=True)
    assert [slip for slip, _ in pickup.originals(case.case_id)] == []
    office.clock.set("2026-11-27", 10)
    assert handed_out(pickup, citizen, case.query_code, qtbot) == "result_handed_out"
    words, decision = proof_of(pickup, case.case_id), decision_of(pickup.case(case.case_id))
    assert decision is not None
    told = {
        "受送达人": "受送达人：陈某某",
        "送达文书": "不予行政许可决定书",
        "文号": decision.doc_no,
        "送达地点": "送达地点：示范县政务服务中心C01窗口",
        "送达方式": "直接送达",
        "收件人": "收件人：陈某某",
        "关系": "与受送达人的关系：本人",
        "送达时间": "2026-11-2710:00",
        "送达人": "送达人：0322号",
        "签名": "收件人签名",
    }
    assert [name for name, said in told.items() if said not in words] == []
    pickup.sync()


def test_l20_a_licence_that_was_handed_out_needs_none(office: Office, citizen: Person, qtbot: Any) -> None:
    """The proof is owed for a no; what was granted is signed for where it is handed out."""
    case, pickup = decided(office, citizen, qtbot)
    assert handed_out(pickup, citizen, case.query_code, qtbot) == "result_handed_out"
    assert pickup.originals(case.case_id) == []


def test_l20_a_denial_that_is_refused_is_left_before_witnesses(office: Office, citizen: Person, qtbot: Any) -> None:
    """L20: refusal/留置 fields: reason and witnesses or nothing; the remedies run from that day."""
    case, pickup = decided(office, citizen, qtbot, deny=True)
    office.clock.set("2026-11-27", 10)
    with at_window(pickup, qtbot) as counter:
        open_page(counter, Key.Key_1, LEFT)
        fill(counter, reason="看过以后不肯签收")
        assert counter.state.over is not None, "Enter goes to the field that is still empty"
        fill(counter, witnesses="东街社区居民委员会 李某、王某", place="示范县东街道1号", day="2026-11-20")
        assert written(counter) == "service_bad_day", "no day before the document"
        fill(counter, day="2026-11-26")
        assert written(counter) == "document_served"
    pickup.sync()
    served = decision_of(pickup.case(case.case_id))
    assert served is not None
    assert served.served is not None
    assert (served.served.mode, served.served.review_until, served.served.suit_until) == (
        ServiceMode.LEFT,
        "2027-01-25",
        "2027-05-26",
    )
    words = proof_of(pickup, case.case_id)
    said = (
        "留置送达",
        "拒收事由：看过以后不肯签收",
        "见证人：东街社区居民委员会李某、王某",
        "示范县东街道1号",
        "见证人签名",
    )
    assert [each for each in said if each not in words] == []
    assert "收件人签名" not in words
    assert pickup.case(case.case_id).state is CaseState.DELIVERED


def test_l20_a_denial_by_post_has_its_tracking_number(office: Office, citizen: Person, qtbot: Any) -> None:
    """L20: … or tracking number; by network only with the consent of its person."""
    case, pickup = decided(office, citizen, qtbot, deny=True)
    office.clock.set("2026-11-30", 10)
    with at_window(pickup, qtbot) as counter:
        open_page(counter, Key.Key_1, ELECTRONIC)
        fill(counter, consent="送达地址确认书 2026-11-23", place="")
        assert counter.state.over is not None, "no address, no service"
        counter.press(Key.Key_Escape)
        open_page(counter, Key.Key_1, POST)
        fill(counter, tracking="EX1", place="示范县东街道1号", day="2026-11-28")
        assert written(counter) == "service_tracking_needed"
        fill(counter, tracking="ex123456789cn")
        assert written(counter) == "document_served"
    pickup.sync()
    words, served = proof_of(pickup, case.case_id), decision_of(pickup.case(case.case_id))
    assert served is not None
    assert served.served is not None
    assert (served.served.on, served.served.review_until) == ("2026-11-28", "2027-01-27")
    assert "邮件号码：EX123456789CN" in words
    assert "送达方式：邮寄送达" in words


def shown(counter: Living) -> CounterView:
    view = counter.window._view
    assert view is not None
    return view


def refused_here(counter: Living, citizen: Person) -> Any:
    """F11 at a window: the application is not accepted, the notice has come out."""
    sit_down(counter, citizen)
    counter.press(Key.Key_2, Key.Key_Return, Key.Key_F11, Key.Key_1, Key.Key_Tab)
    explain("只卖预包装食品，备案就可以")
    counter.until(lambda: right(counter).primary is not None and right(counter).primary.enabled)
    counter.press(Key.Key_F11)
    counter.until(lambda: outcome(counter) == "rejected")
    counter.printed()
    return counter.state.issued


def test_l20_a_notice_of_non_acceptance_is_signed_for_at_the_window(
    office: Office, citizen: Person, qtbot: Any
) -> None:
    """The citizen signs the copy for the file: with F12 that is the service, and the remedies run."""
    here = office.place("A03", "0302")
    with at_window(here, qtbot) as counter:
        case = refused_here(counter, citizen)
        counter.press(Key.Key_F12)
        counter.until(lambda: counter.state.visit is None)
    service = service_from(here.case(case.case_id).service)
    assert service is not None
    said = (service.how, service.receiver, service.place, service.review_until, service.suit_until, service.by)
    assert said == ("直接送达", "陈某某", "示范县政务服务中心A03窗口", "2027-01-22", "2027-05-24", "0302")
    with here.store.read() as view:
        (paper,) = view.print_jobs_of(case.case_id)
    assert "签收：" in words_of(paper.document)
    here.sync()


def test_l20_a_notice_that_nobody_takes_is_left_at_the_window(office: Office, citizen: Person, qtbot: Any) -> None:
    """拒收 at the window: Ctrl+Y before F12, with reason and witnesses; it is served once."""
    here = office.place("A03", "0302")
    with at_window(here, qtbot) as counter:
        case = refused_here(counter, citizen)
        open_page(counter, LEFT)
        fill(counter, reason="不肯签字", witnesses="大厅值班经理 赵某", place="A03窗口")
        assert written(counter) == "document_served"
        counter.until(lambda: "act_serve" not in {each.action for each in shown(counter).keys})
        counter.press(Key.Key_Y, modifier=CTRL)
        assert counter.state.ask is None
        counter.press(Key.Key_F12)
        counter.until(lambda: counter.state.visit is None)
    service = service_from(here.case(case.case_id).service)
    assert service is not None
    assert (service.mode, service.reason, service.witnesses) == (ServiceMode.LEFT, "不肯签字", "大厅值班经理 赵某")
    assert case.doc_no in proof_of(here, case.case_id)
    here.sync()


@pytest.mark.parametrize("gap", ["reason", "witnesses", "place", "by", ""])
def test_l20_the_server_takes_no_service_without_its_proof(desk_for: Any, gap: str) -> None:
    """A changed client leaves a part of a 留置送达 out, signs, and is told no; a whole one is taken."""
    desk = desk_for("ITM-11")
    desk.at("2026-11-23")
    case = desk.take_in(accept=False)
    desk.sync()
    refusal = {"kind": "not_ours", "clause": "", "own_basis": "《建筑法》第八条", "decision": "不予受理"}
    told = {**refusal, "fact": "不归本窗口许可。", "guide": "请到市局办理。"}
    payload = {
        **desk.payload(case),
        "state": "refused",
        "rev": 2,
        "doc_no": "示建许不受〔2026〕0001号",
        "notice_due": None,
    }
    assert desk.say("case.refused", case, {**payload, "refusal": told}, by=desk.clerk)[-1] == ("applied", None)
    service = {
        "on": "2026-11-23",
        "at_ms": 1,
        "how": "留置送达",
        "receiver": "陈某某",
        "review_until": "2027-01-22",
        "suit_until": "2027-05-24",
        "mode": "left",
        "relation": "本人",
        "place": "B05窗口",
        "reason": "不肯签字",
        "witnesses": "赵某",
        "by": desk.clerk.number,
    }
    said = {"case_no": case.case_no, "steps": [], "service": {**service, **({gap: ""} if gap else {})}}
    answer = desk.say("case.served", case, said, by=desk.clerk, base_rev=2)
    assert answer[-1] == (("rejected", "malformed_payload") if gap else ("applied", None))
