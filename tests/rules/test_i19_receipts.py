"""I19 收费: by keys the published amount and the receipt, a waiver by rule, proof and second person; the sums agree."""

import copy
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hand_out import at_window, handed_out
from ledger_proof import BASE
from litestar.testing import TestClient
from living_counter import Key, Living
from office import DEMO, Office, Place, opened_office
from papers import words_of
from published_hall import changed, item
from PySide6.QtWidgets import QLineEdit
from serving import CTRL, field, fill, focused_field
from test_i57_completion_notice import decided

from app.domain.operation import OperationDraft
from app.domain.payment import payment_of
from app.domain.person import Person
from sync.server.http.application import application
from sync.server.http.hints import Hints

FEE = {"id": "F1", "name": "许可证工本费", "fen": 1050, "per": "本", "basis": "示价费〔2026〕1号"}
HALF = {"id": "W1", "name": "低保家庭减半", "percent": 50, "law": "SHJZ", "article": "第五十五条"}


def charges(document: Any) -> None:
    """The food licence costs what one rule says, and half of it for some."""
    licence = item(document, "ITM-02")
    licence["fee"].update(charge=True, rules=[dict(FEE)])
    licence["fee_waivers"] = [dict(HALF)]


@pytest.fixture
def office(qapp: Any) -> Iterator[Office]:
    document = copy.deepcopy(DEMO)
    charges(document)
    with opened_office(document) as hall:
        yield hall


def pay(counter: Living, waiver: Key) -> None:
    """Ctrl+M, the case, the answer about waivers: the page is there, and takes no amount."""
    counter.press(Key.Key_M, modifier=CTRL)
    counter.press(Key.Key_1, waiver)
    counter.until(lambda: focused_field() != "")
    shown = [each for each in counter.window.findChildren(QLineEdit) if each.isVisible()]
    names = {each.objectName().removeprefix("work_form_field__") for each in shown}
    assert names <= {"pieces_F1", "proof", "receipt_no"}


def taken(counter: Living) -> str:
    """Wait until the page closes or complains; return the code."""
    counter.until(lambda: counter.state.over is None or bool(getattr(counter.state.over, "error", "")))
    return str(getattr(counter.state.over, "error", "")) if counter.state.over else counter.state.message


def fee_ledger(office: Office) -> Any:
    """收费台账 of the month over HTTP."""
    with TestClient(application(office.service, Hints())) as client:
        headers = {"Authorization": "Bearer token-0902"}
        query = {"first": "2026-11-01", "last": "2026-11-30"}
        return client.get(f"{BASE}/fee", params=query, headers=headers).json()


def test_i19_no_licence_without_its_fee_and_the_receipt_number_is_kept(
    office: Office, citizen: Person, qtbot: Any
) -> None:
    """I19: non-tax receipt no. recorded; the amount is the rule's; the licence is handed out after it."""
    case, pickup = decided(office, citizen, qtbot)
    assert handed_out(pickup, citizen, case.query_code, qtbot) == "fee_not_paid"
    with at_window(pickup, qtbot) as counter:
        pay(counter, Key.Key_1)
        field(counter, "pieces_F1").setFocus()
        counter.write("2")
        assert focused_field() == "pieces_F1", "the amount follows every digit, and the keyboard stays"
        fill(counter, pieces_F1="2", receipt_no="12")
        assert taken(counter) == "fee_receipt_needed"
        fill(counter, receipt_no="9901000123")
        assert taken(counter) == "fee_taken"
        counter.until(lambda: "act_fee" not in keys(counter))
        counter.press(Key.Key_U, modifier=CTRL)
        counter.press(Key.Key_1, Key.Key_3)
        counter.press(Key.Key_Escape, Key.Key_Escape, Key.Key_F12, Key.Key_3, Key.Key_1)
        counter.until(lambda: counter.state.visit is None)
    paid = payment_of(pickup.case(case.case_id))
    assert paid is not None
    assert (paid.full_fen, paid.fen, paid.receipt_no, paid.by) == (2100, 2100, "9901000123", "0322")
    with pickup.store.read() as view:
        (slip,) = view.print_jobs_of(case.case_id)
    assert "缴费：实收21元，票据号9901000123" in words_of(slip.document)
    assert handed_out(pickup, citizen, case.query_code, qtbot) == "result_handed_out"
    pickup.sync()


def test_i19_a_waiver_takes_its_rule_a_proof_and_a_second_person(office: Office, citizen: Person, qtbot: Any) -> None:
    """I19: waiver only by catalogue rule + proof + second person; the fee report equals the sum of receipts."""
    case, pickup = decided(office, citizen, qtbot)
    other, _ = decided(office, citizen, qtbot)
    pickup.sync()
    with at_window(pickup, qtbot) as counter:
        counter.presenter._parts = replace(counter.parts, vouch=office.vouch)
        pay(counter, Key.Key_2)
        fill(counter, receipt_no="9901000124")
        assert counter.state.over is not None, "no proof, no waiver"
        fill(counter, proof="低保证 示低2026-31")
        second(counter, "0322")
        assert taken(counter) == "manager_needed"
        second(counter, "0901")
        assert taken(counter) == "fee_taken"
        counter.until(lambda: len(counter.state.pickup) == 2 and any(each.payment for each in counter.state.pickup))
        pay(counter, Key.Key_1)
        fill(counter, receipt_no="9901000125")
        assert taken(counter) == "fee_taken"
    pickup.sync()
    payments = [payment_of(pickup.case(each.case_id)) for each in (case, other)]
    half = next(each for each in payments if each is not None and each.waiver)
    assert (half.waiver, half.proof, half.second, half.fen) == ("W1", "低保证 示低2026-31", "0901", 525)
    page = fee_ledger(office)
    heads = [each["head"] for each in page["columns"]]
    rows = [dict(zip(heads, each["cells"], strict=True)) for each in page["rows"]]
    assert {each["票据号"]: each["实收（分）"] for each in rows} == {"9901000124": 525, "9901000125": 1050}
    assert page["amount"] == sum(each.fen for each in payments if each is not None) == 1575


def second(counter: Living, number: str) -> None:
    """Somebody stands beside the clerk and types number and password."""
    counter.until(lambda: bool(counter.window.findChildren(QLineEdit, "consent_number")))
    for name in ("consent_number", "consent_password"):
        (editor,) = counter.window.findChildren(QLineEdit, name)
        counter.until(editor.isVisible)
        editor.setFocus()
        editor.clear()
        counter.write(number)
    counter.press(Key.Key_Return)


def keys(counter: Living) -> set[str]:
    view = counter.window._view
    assert view is not None
    return {each.action for each in view.keys}


GAPS: dict[str, Callable[[dict[str, Any]], object]] = {
    "": lambda payment: payment,
    "a true waiver": lambda payment: payment.update(waiver="W1", proof="低保证", second="0901", fen=525),
    "another amount": lambda payment: payment.update(fen=1, full_fen=1),
    "a waiver that nobody published": lambda payment: payment.update(waiver="W9", proof="x", second="0901", fen=0),
    "no proof": lambda payment: payment.update(waiver="W1", second="0901", fen=525),
    "nobody else": lambda payment: payment.update(waiver="W1", proof="低保证", second="0322", fen=525),
    "no floor manager": lambda payment: payment.update(waiver="W1", proof="低保证", second="0302", fen=525),
    "no receipt": lambda payment: payment.update(receipt_no=""),
    "the licence without a fee": lambda payment: payment.clear(),
}


@pytest.mark.parametrize("gap", GAPS)
def test_i19_the_server_takes_no_fee_of_its_own_making(office: Office, citizen: Person, qtbot: Any, gap: str) -> None:
    """I19: waiver without rule refused: a changed client signs it all the same, and is told no."""
    case, pickup = decided(office, citizen, qtbot)
    held = pickup.case(case.case_id)
    payment = {
        "on": "2026-11-23",
        "at_ms": 1,
        "by": "0322",
        "pieces": {"F1": 1},
        "full_fen": 1050,
        "fen": 1050,
        "receipt_no": "9901000126",
    }
    GAPS[gap](payment)
    said = {"case_no": held.case_no, "steps": list(held.steps or ())}
    if payment:
        refused = say(pickup, held, "case.fee_taken", {**said, "payment": payment})
    else:
        refused = hand_out_unpaid(pickup, held)
    assert bool(refused) is (gap not in {"", "a true waiver"}), refused


def hand_out_unpaid(pickup: Place, held: Any) -> list[tuple[str, str]]:
    """Sign a hand-out of a licence whose fee nobody took."""
    at_ms = pickup.clock.now_ms()
    step = {"step": "hand_out", "clerk": "0322", "window": "C01", "at_ms": at_ms}
    service = {
        "on": "2026-11-23",
        "at_ms": at_ms,
        "how": "直接送达",
        "receiver": "陈某某",
        "review_until": "2027-01-22",
        "suit_until": "2027-05-24",
        "place": "C01窗口",
        "by": "0322",
    }
    handed = {"on": "2026-11-23", "at_ms": at_ms, "name": "陈某某", "number": "990101199003070015"}
    said = {
        "case_no": held.case_no,
        "steps": [*(held.steps or ()), step],
        "decision": {**held.decision, "served": service},
        "handed_to": handed,
    }
    return say(pickup, held, "case.handed_out", said)


def say(place: Place, held: Any, kind: str, said: dict[str, Any]) -> list[tuple[str, str]]:
    """Sign and push; return what the server did not apply."""
    with place.store.begin() as work:
        work.append(OperationDraft(kind, "case", held.case_id, said, place.clerk.at("C01"), base_rev=held.rev))
    with suppress(AssertionError):
        place.sync()
    return place.parked()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda licence: licence["fee"].update(charge=False, rules=[]), "gate_fee_rules"),
        (lambda licence: licence["fee_waivers"][0].update(law="GTTL"), "gate_law_repealed"),
        (lambda licence: licence["fee_waivers"].append(dict(HALF)), "gate_duplicate"),
    ],
)
def test_i19_a_waiver_is_published_with_a_fee_and_a_law_in_force(catalogue_hall: Any, change: Any, code: str) -> None:
    """A waiver of nothing, one by a repealed law, and the same one twice are not published."""

    def wrong(document: Any) -> None:
        charges(document)
        change(item(document, "ITM-02"))

    answer = catalogue_hall.submit(changed(wrong))
    assert answer.status_code == 422
    assert any(each["code"].startswith(code) for each in answer.json()["problems"])
