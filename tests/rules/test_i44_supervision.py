"""I44: limits and acts raise cards; each has a recipient and is acknowledged, handled or withdrawn with a reason."""

from typing import Any

import pytest
from clock_desk import Desk
from clock_hall import HALL, cards_of, until
from published_hall import changed

from app.domain.case import Case
from app.storage.slip_files import load_templates
from app.usecases.accept_received import accept_received
from app.usecases.report_upward import note_contact, report


def test_i44_yellow_one_working_day_before_the_due_day_and_red_after_it(desk_for: Any) -> None:
    """Simulated case: light turns yellow 1 WD before due and red after due; each card has recipient, acknowledgement,
    handling, withdrawal reason.
    """
    desk: Desk = desk_for("ITM-08")
    desk.at("2026-11-23")
    case = desk.take_in()
    desk.sync()
    assert case.promised_due == "2026-11-30"
    seen = {}
    for each in ("2026-11-25", "2026-11-26", "2026-11-27", "2026-11-30", "2026-12-01"):
        desk.hall.clock.set(each)
        until(lambda: looked(desk))
        seen[each] = (hanging(desk, case), light(desk, case))
    assert seen == {
        "2026-11-25": ({}, None),
        "2026-11-26": ({"half_time": "hint"}, None),
        "2026-11-27": ({"due_soon": "yellow"}, "yellow"),
        "2026-11-30": ({"due_soon": "yellow"}, "yellow"),
        "2026-12-01": ({"overdue": "red"}, "red"),
    }
    card = cards_of(desk.hall, case.case_no)["overdue"]
    assert (card["clerk"], card["window"], card["due"]) == (desk.clerk.number, "A07", "2026-11-30")
    assert card["told"] == ["clerk", "floor_manager", "supervisor"]
    desk.pull()
    assert [each.subject for each in desk.own_cards() if each.subject == case.case_no] == [case.case_no]

    assert answer(desk, card, "acknowledge", "0304").status_code == 401
    assert answer(desk, card, "acknowledge", "0901").status_code == 200
    assert answer(desk, card, "handle", "0901", "").status_code == 422
    assert answer(desk, card, "withdraw", "0902", "法定节假日系统未更新，误发").status_code == 200
    assert answer(desk, card, "handle", "0901", "已处理").status_code == 409
    card = cards_of(desk.hall, case.case_no)["overdue"]
    assert (card["acknowledged_by"], card["closed_by"], card["closed_as"]) == ("0901", "0902", "withdrawn")
    assert card["words"] == "法定节假日系统未更新，误发"
    desk.hall.clock.set("2026-12-02")
    until(lambda: looked(desk))
    assert hanging(desk, case) == {}, "a cause raises one card, however often the server looks"


def test_i44_a_case_that_is_ended_in_time_takes_its_yellow_card_down(desk_for: Any) -> None:
    """Its cause is gone: nobody has to answer it."""
    desk: Desk = desk_for("ITM-08")
    desk.at("2026-11-23")
    case = desk.take_in()
    desk.sync()
    desk.at("2026-11-27")
    until(lambda: hanging(desk, case))
    desk.give_back(case)
    desk.sync()
    desk.hall.clock.now += 60_000
    until(lambda: not hanging(desk, case))
    assert cards_of(desk.hall, case.case_no)["due_soon"]["closed_as"] == "ended"


def test_i44_a_refusal_without_reason_or_basis_raises_a_red_card(desk_for: Any) -> None:
    """What a changed client told a citizen is parked, and the supervisor sees it."""
    desk: Desk = desk_for("ITM-08")
    desk.at("2026-11-23")
    case = desk.take_in()
    told = {"kind": "not_ours", "clause": "", "own_basis": "", "decision": "不予受理", "fact": " ", "guide": ""}
    payload = {**desk.payload(case), "state": "refused", "refusal": told, "doc_no": "示运许不受〔2026〕0001-0001号"}
    assert desk.say("case.refused", case, payload, by=desk.clerk)[-1] == ("rejected", "malformed_payload")
    card = cards_of(desk.hall, case.case_no)["refusal"]
    assert (card["level"], card["clerk"], card["closed_as"]) == ("red", desk.clerk.number, None)


def test_i44_a_parked_operation_is_somebodys_until_it_is_handled(desk_for: Any) -> None:
    """What the server could not take in is told to its clerk and the floor manager: acknowledged, then handled."""
    desk: Desk = desk_for("ITM-08")
    desk.at("2026-11-23")
    case = desk.take_in()
    desk.sync()
    fact = {"case_no": case.case_no, "steps": []}
    assert desk.say("case.review_begun", case, fact, base_rev=7) == [("conflict", "stale_rev")]
    desk.pull()
    assert [each.rule for each in desk.own_cards() if each.subject == case.case_no] == []
    card = cards_of(desk.hall, case.case_no)["parked"]
    assert (card["level"], card["clerk"], card["told"]) == ("yellow", desk.reviewer.number, ["clerk", "floor_manager"])
    shown = desk.hall.ask("GET", f"/v1/halls/{HALL}/floor", "0901").json()["alarms"]
    assert f"card:{card['card_id']}" in {each["key"] for each in shown}, "it hangs at the floor manager's desk"
    desk.hall.clock.set("2026-11-24")
    until(lambda: looked(desk))
    assert "parked" in hanging(desk, case), "it stays until a person has seen to it"
    assert answer(desk, card, "acknowledge", "0901").status_code == 200
    assert answer(desk, card, "handle", "0901", "").status_code == 422
    assert answer(desk, card, "handle", "0901", "已请窗口重新办理").status_code == 200
    card = cards_of(desk.hall, case.case_no)["parked"]
    assert (card["acknowledged_by"], card["closed_as"], card["words"]) == ("0901", "handled", "已请窗口重新办理")


def test_i44_a_second_supplement_nobody_allowed_raises_a_red_card(desk_for: Any) -> None:
    """A later notice that asks for something new, without the floor manager's word."""
    desk: Desk = desk_for("ITM-08")
    desk.at("2026-11-23")
    case = desk.notice(3)
    desk.sync()
    assert not cards_of(desk.hall, case.case_no)
    assert case.notice is not None
    again = {**case.notice, "count": 2}
    payload = {**desk.payload(case), "rev": 2, "notice": again}
    assert desk.say("case.noticed", case, payload, by=desk.clerk) == [("applied", None)]
    assert not cards_of(desk.hall, case.case_no), "the same list again is no second supplement"
    more = {"material": "M1", "verdict": "missing", "what": "没有提交", "fix": "补交"}
    payload = {**payload, "rev": 3, "notice": {**again, "count": 3, "lines": [*again["lines"], more]}}
    assert desk.say("case.noticed", case, payload, by=desk.clerk, base_rev=2) == [("applied", None)]
    card = cards_of(desk.hall, case.case_no)["second_supplement"]
    assert (card["level"], card["clerk"]) == ("red", desk.clerk.number)


def test_i44_a_step_that_takes_longer_than_published_raises_a_yellow_card(desk_for: Any) -> None:
    """审查 3 and 决定 1 working days after the department took the case up."""
    desk: Desk = desk_for("ITM-08")
    desk.at("2026-11-23")
    case = desk.under_review()
    desk.sync()
    desk.hall.clock.set("2026-11-27")
    until(lambda: looked(desk))
    assert "step_overrun" not in hanging(desk, case)
    desk.hall.clock.set("2026-11-28")
    until(lambda: looked(desk))
    assert hanging(desk, case)["step_overrun"] == "yellow"


def test_i44_an_upward_case_nobody_asks_about(desk_for: Any) -> None:
    """I07: no contact note past the date = yellow to clerk, red to manager; gone with the next contact."""
    desk: Desk = desk_for("ITM-07")
    desk.at("2026-11-02")
    case = desk.take_in(accept=False)
    accepted = accept_received(desk.kit.store, desk.clock, load_templates(), case.case_id, by=desk.reviewer)
    report(desk.kit.store, desk.clock, case.case_id, "示范市民政局", by=desk.clerk)
    desk.sync()
    desk.at("2026-11-09")
    until(lambda: looked(desk))
    assert not {"upward", "upward_manager"} & set(hanging(desk, accepted))
    desk.at("2026-11-10")
    until(lambda: looked(desk))
    found = cards_of(desk.hall, case.case_no)
    assert (found["upward"]["level"], found["upward"]["told"]) == ("yellow", ["clerk"])
    assert found["upward_manager"]["level"] == "red"
    assert "floor_manager" in found["upward_manager"]["told"]
    note_contact(desk.kit.store, desk.clock, case.case_id, "已电话询问", stage=None, by=desk.clerk)
    desk.sync()
    desk.hall.clock.now += 60_000
    until(lambda: not {"upward", "upward_manager"} & set(hanging(desk, accepted)))


def test_i44_a_first_contact_nobody_takes_over_for_ten_minutes(desk_for: Any) -> None:
    """Yellow to the first clerk and the manager; gone when it is taken over."""
    desk: Desk = desk_for("ITM-08")
    desk.at("2026-11-23")
    number = f"SW20261123-{desk.counter}-0001"
    fact = {
        "contact_id": number,
        "no": number,
        "topic": "宅基地怎么报批",
        "action": "passed_on",
        "owner": "B02窗口 0311号",
        "due": "2026-11-24",
        "clerk": desk.clerk.number,
        "window": "A07",
    }
    assert desk.say_of("contact.registered", "contact", number, fact)[-1] == ("applied", None)
    desk.hall.clock.now += 9 * 60_000
    assert not cards_of(desk.hall, number)
    desk.hall.clock.now += 60_000
    until(lambda: "contact" in cards_of(desk.hall, number))
    card = cards_of(desk.hall, number)["contact"]
    assert (card["level"], card["clerk"], card["closed_as"]) == ("yellow", desk.clerk.number, None)


@pytest.mark.parametrize(
    ("cards", "place"),
    [
        ({"due_soon": {"amount": -1}}, "cards/due_soon/amount"),
        ({"due_soon": {"level": "green"}}, "cards/due_soon/level"),
        ({"overdue": {"told": ["mayor"]}}, "cards/overdue/told"),
        ({"sunshine": {}}, "cards"),
    ],
)
def test_i44_a_wrong_rule_is_refused_with_its_place(desk_for: Any, cards: dict[str, Any], place: str) -> None:
    """The thresholds are configuration, validated with the line named."""
    hall = desk_for("ITM-08").hall
    answer = hall.submit(changed(lambda document: document.update(cards=cards)))
    assert answer.status_code == 422
    problem = answer.json()["problems"][0]
    assert problem["path"].startswith(place)
    assert problem["line"] > 0


def hanging(desk: Desk, case: Case) -> dict[str, str]:
    """Return rule and level of what hangs over a case."""
    return {
        rule: each["level"] for rule, each in cards_of(desk.hall, case.case_no).items() if each["closed_ms"] is None
    }


def light(desk: Desk, case: Case) -> str | None:
    """Return the colour the floor manager sees beside the case."""
    rows = desk.hall.ask("GET", f"/v1/halls/{HALL}/floor", "manager").json()["cards"]
    return next((each["level"] for each in rows if each["case_no"] == case.case_no), None)


def looked(desk: Desk) -> bool:
    """Say whether the server looked at this instant: what hangs now is what it asks for."""
    return desk.looked() == desk.hall.clock.now


def answer(desk: Desk, card: dict[str, Any], verb: str, who: str, words: str | None = None) -> Any:
    """Answer a card over HTTP."""
    path = f"/v1/halls/{HALL}/floor/cards/{card['card_id']}/{verb}"
    more = {} if words is None else {"json": {"words": words}}
    key = f"{card['card_id']}-{verb}-{len(words or '')}-{who}"
    return desk.hall.ask("POST", path, who, headers={"Idempotency-Key": key}, **more)
