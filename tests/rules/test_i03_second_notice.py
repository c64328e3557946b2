"""I03 一次性补正告知: one list, and nobody adds to it later but with the floor manager's consent and a reason."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from ending_hands import outcome
from hand_out import at_window, sit_down
from living_counter import Key, Living
from office import HALL, Office, Place, opened_office
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from app.domain.clerk import Clerk
from app.domain.person import Person
from app.domain.rights import Role
from app.domain.work.materials import Verdict
from sync.server.service.floor_state import floor_state
from ui.intents import PresentPaper

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def office(qapp: Any) -> Iterator[Office]:
    with opened_office() as hall:
        yield hall


def noticed(counter: Living, citizen: Person) -> str:
    """The plan of the rooms is missing: told once, on paper; the citizen goes and comes back with it."""
    sit_down(counter, citizen)
    counter.press(Key.Key_2, Key.Key_Return, Key.Key_3, Key.Key_Plus, Key.Key_F9)
    counter.until(lambda: outcome(counter) == "noticed")
    counter.printed()
    counter.press(Key.Key_F12)
    assert counter.state.visit is None
    counter.kit.clock.now += 60_000
    with counter.kit.store.read() as view:
        (case,) = view.noticed_cases()
    counter.window.intent.emit(PresentPaper(f"ZW1:{case.case_no}"))
    counter.until(lambda: counter.state.card is not None and counter.state.card.supplement is not None)
    return str(case.case_no)


def consents(counter: Living, manager: Clerk) -> None:
    """The floor manager stands at the window: number and password."""
    counter.parts = replace(counter.parts, vouch=lambda _number, _password: manager)
    counter.presenter._parts = counter.parts
    counter.press(Key.Key_G, modifier=CTRL)
    counter.press(Key.Key_1, Key.Key_3)
    counter.until(lambda: counter.focus == "consent_number")
    QTest.keyClicks(QApplication.focusWidget(), manager.number)
    counter.press(Key.Key_Return)
    QTest.keyClicks(QApplication.focusWidget(), "right")
    counter.press(Key.Key_Return)


def said(counter: Living) -> str:
    """What stands under the password."""
    label = counter.window.findChild(QLabel, "consent_error")
    return label.text() if isinstance(label, QLabel) else ""


def second_supplements(office: Office) -> int:
    """What the floor manager's figures say today."""
    service = office.service
    return floor_state(service.context, service.authenticate("token-0901"), HALL).figures.second_supplements


def cards(office: Office, number: str) -> list[str]:
    """The cards over a case."""
    service = office.service
    alarms = floor_state(service.context, service.authenticate("token-0901"), HALL).alarms
    return [each.subject for each in alarms if each.ticket == number]


def place(office: Office, **changes: Any) -> Place:
    return office.place("A03", "0302", **changes)


def test_i03_a_second_notice_about_what_was_already_there_is_blocked(
    office: Office, citizen: Person, qtbot: Any
) -> None:
    """I03: a second notice about a material that was already in front of the clerk is blocked."""
    with at_window(place(office), qtbot) as counter:
        noticed(counter, citizen)
        counter.press(Key.Key_4)
        assert counter.state.message == "not_in_notice"
        assert counter.state.card is not None
        assert counter.state.card.marks["M4"].verdict is Verdict.OK
        counter.press(Key.Key_3, Key.Key_F9)
        counter.until(lambda: outcome(counter) == "noticed")
        assert counter.state.issued is not None
        assert [each["material"] for each in counter.state.issued.notice["lines"]] == ["M3"]


def test_i03_the_managers_consent_counts_as_a_second_supplement(office: Office, citizen: Person, qtbot: Any) -> None:
    """I03: supervisor override needs a reason and counts as 二次补正 on the dashboard."""
    here = place(office)
    with at_window(here, qtbot) as counter:
        number = noticed(counter, citizen)
        here.sync()
        assert second_supplements(office) == 0
        consents(counter, replace(here.clerk, number="0901", roles=frozenset({Role.FLOOR_MANAGER})))
        counter.until(lambda: counter.state.message == "material_added")
        counter.press(Key.Key_1, Key.Key_3, Key.Key_F9)
        counter.until(lambda: outcome(counter) == "noticed")
        assert counter.state.issued is not None
        assert [each["material"] for each in counter.state.issued.notice["lines"]] == ["M3", "M1"]
    here.sync()
    assert second_supplements(office) == 1
    assert cards(office, number) == [], "what was consented to raises no card"


def test_i03_nobody_but_a_manager_consents(office: Office, citizen: Person, qtbot: Any) -> None:
    """A colleague's password adds nothing, and nothing is written."""
    here = place(office)
    with at_window(here, qtbot) as counter:
        noticed(counter, citizen)
        consents(counter, replace(here.clerk, number="0301"))
        counter.until(lambda: "不是值班经理" in said(counter))
        counter.press(Key.Key_Escape)
        counter.press(Key.Key_1)
        assert counter.state.message == "not_in_notice"
    here.sync()
    assert second_supplements(office) == 0
