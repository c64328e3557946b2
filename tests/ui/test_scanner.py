"""A scanner on a socket at the living window: what is scanned goes where it belongs, and the keys that are left."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from ending_hands import CARD, at_window
from living_counter import Key, Living, everywhere, living
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from screens_kept import Screens
from test_counter_screens import SIZES
from test_notice_keys import call, notice

from app.domain.case import CaseState
from app.domain.clerk import Clerk
from app.domain.scan import EitherCode, read_scan
from app.domain.visit import Admission, VisitState
from app.ports.card_reader import CardUnreadable
from app.ports.device_fault import Advice, FaultReason
from app.ports.token_verifier import TokenReason, TokenRefused, Vouched
from app.ports.tone import Tone
from app.storage.messages import sentence
from devices.scanner.driver import SerialScanner
from devices.scanner.simulator import ScannerSimulator
from devices.transport import SerialPort
from ui.screens.search.state import SearchState
from ui.widgets.views import DeviceState

ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
CREDIT = "91110000600037341L"


@dataclass
class Held:
    """The scanner in the clerk's hand, and the window it is plugged into."""

    counter: Living
    simulator: ScannerSimulator

    def scan(self, text: str) -> None:
        """Scan; it counts no key."""
        self.simulator.handle({"do": "scan", "text": text})

    def says(self, code: str) -> None:
        """Wait until the window says this, on the page the clerk looks at."""
        over = self.counter.state.over
        self.counter.until(
            lambda: (
                (self.counter.state.over.message if isinstance(over, SearchState) else self.counter.state.message)
                == code
            )
        )


@pytest.fixture
def counter(*, qtbot: QtBot, clock: Any, kit: Any, clerk: Clerk, queue: Any, ticket: Any) -> Iterator[Living]:
    """Window B01, which does 残疾人证新办: three situations, two papers to bring."""
    at_window(kit, "B01")
    authority = queue(ticket("B012"), ticket("B013"))
    with living(qtbot, clock, kit, everywhere(clerk), authority=authority, number="B01") as opened:
        yield opened


@pytest.fixture
def scanner(counter: Living) -> Iterator[Held]:
    simulator = ScannerSimulator("127.0.0.1", 0)
    simulator.start()
    driver = SerialScanner(SerialPort("socket://{}:{}".format(*simulator.address)), retry_s=0.02)
    driver.start(counter.bridge.scanner.emit)
    counter.until(lambda: simulator.handle({"do": "state"})["listeners"] == 1)
    counter.until(lambda: "scanner" in counter.state.devices)
    yield Held(counter, simulator)
    driver.stop()
    simulator.stop()


def accepted(counter: Living) -> str:
    """Accept a case with five situations and papers, hand it out, and let the citizen go; return its number."""
    call(counter)
    counter.press(Key.Key_Plus, Key.Key_F10)
    counter.printed()
    assert counter.state.issued is not None
    number = counter.state.issued.case_no
    counter.press(Key.Key_F12)
    counter.until(lambda: counter.state.visit is None)
    return str(number)


def opened_case(counter: Living) -> str:
    """The number of the case that is open in the search, empty while none is."""
    over = counter.state.over
    return str(over.hits[over.at].case_no) if isinstance(over, SearchState) and over.opened else ""


def test_back_with_a_scanned_notice_is_three_keys(scanner: Held, counter: Living) -> None:
    call(counter)
    notice(counter, Key.Key_2, Key.Key_3)
    with counter.kit.store.read() as view:
        (case,) = view.noticed_cases()
    counter.keys = 0
    scanner.scan(f"ZW1:{case.case_no}")
    counter.until(lambda: counter.state.visit is not None and not counter.state.busy)
    assert counter.window.property("currentSection") == 3
    assert counter.focus == "work_mat_row__2"
    counter.press(Key.Key_Plus, Key.Key_F10)
    assert counter.state.issued is not None
    assert (counter.state.issued.case_no, counter.state.issued.state) == (case.case_no, CaseState.ACCEPTED)
    counter.printed()
    counter.press(Key.Key_F12)
    assert counter.keys == 3


def test_a_scanned_ticket_is_a_presented_one(scanner: Held, counter: Living) -> None:
    scanner.scan("ZW1N:9901-20261123-B777")
    counter.until(lambda: counter.state.visit is not None and not counter.state.busy)
    visit = counter.state.visit
    assert visit is not None
    assert (visit.number, visit.admission, visit.state) == ("B777", Admission.PRESENTED, VisitState.SERVING)
    assert counter.keys == 0
    assert counter.kit.operations()[-1].kind == "ticket.presented"
    scanner.scan("ZW1N:9901-20261123-B778")
    scanner.says("scan_visit_open")
    assert counter.state.visit == visit


def test_the_ticket_of_who_was_called_begins_the_service(scanner: Held, counter: Living) -> None:
    counter.press(Key.Key_F2)
    assert counter.state.visit is not None
    scanner.scan(counter.state.visit.number)
    counter.until(lambda: counter.state.visit is not None and counter.state.visit.state is VisitState.SERVING)
    assert counter.keys == 1


REFUSED = {
    "ZW1N:9901-20261122-B777": "ticket_of_other_day",
    "ZW1N:9902-20261123-B777": "ticket_of_other_hall",
    "ZW1R:00ff": "scan_is_rating",
    "https://evil.example/": "scan_is_link",
    "9901-0003-20261123-0017-5": "scan_unknown",
    CARD.number: "scan_number_unasked",
    CREDIT: "scan_credit_unasked",
    "x" * 2000: "scan_too_long",
    "\x00": "scan_garbled",
}


def test_what_is_not_for_this_window_is_refused_with_a_sentence(scanner: Held, counter: Living) -> None:
    before = len(counter.kit.operations())
    for text, code in REFUSED.items():
        scanner.scan(text)
        scanner.says(code)
        assert sentence(code) == counter.window._view.message
        assert (counter.state.visit, counter.state.over) == (None, None)
    assert len(counter.kit.operations()) == before


def test_a_receipt_opens_its_case_from_anywhere_and_esc_leads_back(scanner: Held, counter: Living) -> None:
    number = accepted(counter)
    scanner.scan(f"ZW1:{number}")
    counter.until(lambda: opened_case(counter) == number)
    counter.press(Key.Key_Escape)
    assert counter.window.property("uiState") == "idle"

    counter.press(Key.Key_F2)
    scanner.scan(f"ZW1:{number}")
    counter.until(lambda: opened_case(counter) == number)
    counter.press(Key.Key_Escape)
    assert counter.window.property("uiState") == "calling"

    counter.lay(CARD)
    counter.until(lambda: counter.state.card is not None and counter.state.card.applicant is not None)
    card, focus = counter.state.card, counter.focus
    counter.keys = 0
    scanner.scan(f"ZW1:{number}")
    counter.until(lambda: opened_case(counter) == number)
    assert counter.window.property("uiState") == "searching"
    counter.press(Key.Key_Space)
    assert isinstance(counter.state.over, SearchState)
    counter.press(Key.Key_Space, Key.Key_Escape)
    assert (counter.window.property("uiState"), counter.state.card, counter.focus) == ("serving", card, focus)
    assert counter.keys == 3


def test_a_receipt_over_a_search_gives_the_search_back(scanner: Held, counter: Living) -> None:
    number = accepted(counter)
    counter.press(Key.Key_F7)
    QTest.keyClicks(QApplication.focusWidget(), "cjrz 11")
    scanner.scan(f"ZW1:{number}")
    counter.until(lambda: opened_case(counter) == number)
    scanner.scan("A012")
    scanner.says("scan_close_first")
    counter.press(Key.Key_Escape)
    assert isinstance(counter.state.over, SearchState)
    assert (counter.state.over.typed, counter.focus) == ("cjrz 11", "search_box")
    assert QApplication.focusWidget().text() == "cjrz 11"
    counter.press(Key.Key_Escape)
    assert counter.window.property("uiState") == "idle"


def test_a_case_that_is_not_kept_here_is_said_and_one_esc_leads_back(scanner: Held, counter: Living) -> None:
    scanner.scan("ZW1:9901-0003-20261123-0017-4")
    counter.until(lambda: isinstance(counter.state.over, SearchState) and bool(counter.state.over.answered))
    assert not counter.state.over.opened
    counter.press(Key.Key_Escape)
    assert counter.window.property("uiState") == "idle"


def test_what_is_typed_is_unharmed_by_any_scan(scanner: Held, counter: Living) -> None:
    number = accepted(counter)
    counter.press(Key.Key_F2, modifier=SHIFT)
    QTest.keyClicks(QApplication.focusWidget(), "B0")
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    for text, code in ((CARD.number, "scan_number_unasked"), ("灯", "scan_unknown"), ("\x07", "scan_garbled")):
        scanner.scan(text)
        scanner.says(code)
        assert (QApplication.focusWidget(), field.text(), field.cursorPosition()) == (field, "B0", 2)
    scanner.scan(f"ZW1:{number}")
    counter.until(lambda: opened_case(counter) == number)
    counter.press(Key.Key_Escape)
    assert (QApplication.focusWidget(), field.text()) == (field, "B0")


def test_a_number_goes_only_into_the_field_that_asks_for_it(scanner: Held, counter: Living) -> None:
    counter.press(Key.Key_F2, Key.Key_Return)
    counter.until(lambda: counter.window.property("uiState") == "serving")
    counter.press(Key.Key_7, modifier=ALT)
    counter.write("孙某某")
    scanner.scan(CREDIT)
    scanner.says("scan_credit_unasked")
    scanner.scan(CARD.number)
    number = counter.window.findChild(QLineEdit, "work_form_field__person_number")
    assert number is not None
    counter.until(lambda: number.text() == CARD.number)
    name = counter.window.findChild(QLineEdit, "work_form_field__person_name")
    assert name is not None
    assert (name.text(), QApplication.focusWidget()) == ("孙某某", name)
    scanner.scan("990101197808250049")
    scanner.says("scan_field_full")
    assert number.text() == CARD.number
    counter.press(Key.Key_9, modifier=ALT)
    scanner.scan(CREDIT)
    counter.until(lambda: _typed(counter, "uscc") == CREDIT)


class Vouching:
    """The site's verifier: knows one token, another has expired."""

    def recognises(self, text: str) -> bool:
        return text.startswith("eid_")

    def verify(self, text: str) -> Vouched:
        if text != "eid_7QK2":
            raise TokenRefused(TokenReason.EXPIRED)
        return Vouched("孙某某", CARD.number)


def test_a_token_of_a_phone_fills_the_form_that_asks_and_is_shown_nowhere(
    scanner: Held, counter: Living, caplog: pytest.LogCaptureFixture
) -> None:
    counter.presenter._parts = replace(counter.parts, tokens=[Vouching()])
    caplog.set_level("DEBUG")
    scanner.scan("eid_7QK2")
    scanner.says("scan_token_unasked")
    counter.press(Key.Key_F2, Key.Key_Return)
    counter.until(lambda: counter.window.property("uiState") == "serving")
    counter.press(Key.Key_7, modifier=ALT)
    scanner.scan("eid_OLD")
    scanner.says("token_expired")
    scanner.scan("eid_7QK2")
    counter.until(lambda: (_typed(counter, "name"), _typed(counter, "number")) == ("孙某某", CARD.number))
    scanner.scan("eid_7QK2")
    scanner.says("scan_token_unasked")
    assert "eid_" not in caplog.text + repr(counter.state)


def test_a_number_sound_both_ways_goes_where_one_is_asked_for(scanner: Held, counter: Living) -> None:
    either = "110101199003070396"
    assert isinstance(read_scan(either, date(2026, 11, 23)), EitherCode)
    scanner.scan(either)
    scanner.says("scan_number_unasked")
    counter.press(Key.Key_F2, Key.Key_Return)
    counter.until(lambda: counter.window.property("uiState") == "serving")
    counter.press(Key.Key_9, modifier=ALT)
    scanner.scan(either)
    counter.until(lambda: _typed(counter, "uscc") == either)


def _typed(counter: Living, field: str) -> str:
    entry = counter.state.person_entry
    return entry.typed[entry.slot].get(field, "") if entry is not None else ""


def test_what_is_taken_ticks_once_high_and_what_is_not_twice_low(scanner: Held, counter: Living) -> None:
    heard: list[Tone] = []
    counter.presenter._parts = replace(counter.parts, play=heard.append)
    scanner.scan("https://evil.example/")
    scanner.says("scan_is_link")
    scanner.scan("ZW1N:9901-20261123-B777")
    counter.until(lambda: counter.state.visit is not None and not counter.state.busy)
    counter.lay(CARD)
    counter.bridge.reader.emit(CardUnreadable(FaultReason.SILENT, Advice.CHECK_SETTINGS))
    assert heard == [Tone.NOT_READ, Tone.READ, Tone.READ, Tone.NOT_READ]
    counter.press(Key.Key_L, modifier=Qt.KeyboardModifier.ControlModifier)
    counter.until(lambda: counter.state.covered)
    counter.lay(CARD)
    assert len(heard) == 4, "a covered window is silent"


def test_a_covered_window_takes_no_scan(scanner: Held, counter: Living) -> None:
    counter.press(Key.Key_L, modifier=Qt.KeyboardModifier.ControlModifier)
    counter.until(lambda: counter.state.covered)
    before = len(counter.kit.operations())
    for text in ("B777", "ZW1:9901-0003-20261123-0017-4", "\x07"):
        scanner.scan(text)
    scanner.simulator.handle({"do": "unplug"})
    counter.until(lambda: counter.state.devices["scanner"].state is DeviceState.WARN)
    assert (counter.state.visit, counter.state.over, counter.state.message) == (None, None, "")
    assert len(counter.kit.operations()) == before


def test_an_unplugged_scanner_is_yellow_and_the_window_works_on(
    scanner: Held, counter: Living, screens: Screens
) -> None:
    assert counter.state.devices["scanner"].state is DeviceState.OK
    scanner.simulator.handle({"do": "unplug"})
    counter.until(lambda: counter.state.devices["scanner"].state is DeviceState.WARN)
    shown = {each.key: each.text for each in counter.window._view.top.devices}
    assert shown == {"scanner": "连不上，请输入编号"}
    counter.press(Key.Key_F2)
    assert counter.state.visit is not None
    for density, size in SIZES.items():
        counter.window.resize(*size)
        QApplication.processEvents()
        counter.whole()
        screens.keep(counter.window, f"scanner-lost-{density}.png")
    scanner.simulator.handle({"do": "plug"})
    counter.until(lambda: counter.state.devices["scanner"].state is DeviceState.OK)
    assert counter.kit.operations()[-1].kind == "ticket.called", (
        "a scanner is no device the floor manager is called for"
    )
