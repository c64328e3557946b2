"""A new computer's first minutes, by real keys against the real server: the code, the refusals, then the sign-in."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from living_counter import Key
from near_server import PASSWORD, NearServer, near_server
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from screens_kept import Screens
from test_counter_screens import cut_texts, low_controls, overlaps

from app.commands.floor_settings import FloorSettings
from app.commands.opening import Machine, Opening
from app.commands.place import place_of
from app.commands.system_clock import SystemClock
from app.domain.enrolment_code import meant
from app.domain.rights import Role
from sync.client.enrolment import HttpEnrolment
from ui.application import CounterProgram

WAIT_MS = 20_000


class Newcomer:
    """A computer that was told its server and nothing else."""

    def __init__(self, qtbot: QtBot, data: Path, server: str | None) -> None:
        self.qtbot, self.clock = qtbot, SystemClock()
        self.opening = Opening(Machine(data, server, self.clock), place_of(data, server))
        self.program = CounterProgram(self.opening.open, self.opening.close, self.clock)
        self.left: list[bool] = []
        self.program._bridge.left.disconnect()
        self.program._bridge.left.connect(lambda: self.left.append(True))

    @property
    def over(self) -> Any:
        return self.program._presenter.state.over if self.program._presenter is not None else None

    def until(self, holds: Callable[[], bool]) -> None:
        try:
            self.qtbot.waitUntil(holds, timeout=WAIT_MS)
        except self.qtbot.TimeoutError as error:
            state = self.program._presenter and self.program._presenter.state
            raise AssertionError(f"{state and state.message} {state and state.incident} {self.error()}") from error

    def shown(self, name: str) -> Any:
        found = self.program.window.findChild(QWidget, name)
        assert found is not None, name
        return found

    def error(self) -> str:
        found = self.program.window.findChild(QWidget, "door_error")
        return found.text() if found is not None else ""

    def type(self, text: str) -> None:
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit), field
        QTest.keyClicks(field, text)

    def enter(self) -> None:
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Return)
        self.until(lambda: not getattr(self.over, "checking", False))

    def clear(self) -> None:
        QApplication.focusWidget().selectAll()
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Backspace)


@contextmanager
def newcomer(qtbot: QtBot, data: Path, server: str | None) -> Iterator[Newcomer]:
    """Start the program and end it whatever happens."""
    made = Newcomer(qtbot, data, server)
    with made.program.running():
        made.program.window.resize(1920, 1080)
        made.until(lambda: made.over is not None and QApplication.focusWidget() is not None)
        yield made
    QCoreApplication.processEvents()  # what the workers said last comes home while there is a window
    made.program.window.hide()
    made.program.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data directory in which an administrator chose a key file: no keyring is near in a test."""
    (tmp_path / "counter.toml").write_text('key_store = "file"\n', "utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NearServer]:
    with near_server(tmp_path_factory.mktemp("server")) as running:
        yield running


def test_a_new_computer_types_the_code_and_goes_on_to_the_sign_in(
    qtbot: QtBot, data: Path, server: NearServer, screens: Screens
) -> None:
    with newcomer(qtbot, data, server.url) as pc:
        assert pc.shown("door_title").text() == "登记这台电脑"
        code = server.code("A05")
        pc.type(code.replace("-", "").lower())
        assert QApplication.focusWidget().text() == code
        screens.keep(pc.program.window, "enrol-XL.png")
        pc.enter()
        pc.until(lambda: type(pc.over).__name__ == "SignInState" and pc.over.catalogue is not None)
        assert pc.program._presenter.state.window == "A05"
        pc.type("0301")
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Return)
        pc.type(PASSWORD)
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Return)
        pc.until(lambda: pc.program.window.property("uiState") == "idle")
    written = (data / "counter.toml").read_text("utf-8")
    assert f'server = "{server.url}"' in written
    assert 'device = "A05"' in written
    assert 'key_store = "file"' in written
    assert code.replace("-", "") not in written
    for secret in ("device.token", "counter.key"):
        assert (data / secret).stat().st_mode & 0o777 == 0o600
    with newcomer(qtbot, data, None) as pc:  # and the next morning nothing is asked
        pc.until(lambda: type(pc.over).__name__ == "SignInState")


def test_every_no_is_told_and_the_code_stays_in_the_field(qtbot: QtBot, data: Path, server: NearServer) -> None:
    with newcomer(qtbot, data, server.url) as pc:
        old, code = server.code("A06"), server.code("A06")
        wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
        pc.type(wrong)
        pc.enter()
        assert "登记码输错了" in pc.error()
        pc.clear()
        pc.type(old)
        pc.enter()
        assert "登记码不对" in pc.error()
        assert QApplication.focusWidget().text() == old
        pc.clear()
        pc.clock.now_ms = lambda: SystemClock().now_ms() + 6 * 60_000  # a clock that goes wrong
        pc.type(code)
        pc.enter()
        assert "校准电脑时间" in pc.error()
        del pc.clock.now_ms
        pc.enter()
        pc.until(lambda: type(pc.over).__name__ == "SignInState")


def test_a_code_that_was_used_elsewhere_is_told(qtbot: QtBot, data: Path, server: NearServer) -> None:
    code = server.code("A07")
    desk = HttpEnrolment(server.url, SystemClock())
    assert desk.enrol(meant(code), "ab" * 32).device == "A07"
    desk.close()
    with newcomer(qtbot, data, server.url) as pc:
        pc.type(code)
        pc.enter()
        assert "登记码已经用过" in pc.error()
    assert not (data / "device.token").exists()


@pytest.mark.parametrize("answers", [False, True])
def test_no_network_and_a_foreign_server_spend_no_code(qtbot: QtBot, data: Path, *, answers: bool) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        if answers:
            listener.settimeout(5)
        else:
            listener.close()
        with newcomer(qtbot, data, f"http://127.0.0.1:{port}") as pc:
            pc.type("0000-0000-0000")
            QTest.keyClick(QApplication.focusWidget(), Key.Key_Return)
            if answers:
                connection, _ = listener.accept()
                with connection:
                    connection.recv(4096)
                    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello")
            pc.until(lambda: not pc.over.checking)
            assert ("不是本系统的服务器" if answers else "连不上服务器") in pc.error()
            assert f"127.0.0.1:{port}" in pc.error()
            assert QApplication.focusWidget().text() == "0000-0000-0000"


def test_the_managers_desk_enrols_and_signs_in_without_a_file(
    qtbot: QtBot, data: Path, server: NearServer, screens: Screens
) -> None:
    with newcomer(qtbot, data, server.url) as pc:
        pc.type(server.code(None))
        pc.enter()
        pc.until(lambda: pc.program.window.findChild(QLineEdit, "door_password") is not None)
        pc.until(lambda: QApplication.focusWidget().objectName() == "door_number")
        screens.keep(pc.program.window, "manager-door-XL.png")
        pc.type("0901")
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Return)
        pc.type("wrong")
        pc.enter()
        assert "工号或口令不对" in pc.error()
        pc.type(PASSWORD)
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Return)
        pc.until(lambda: bool(pc.left))
        assert pc.opening.manager is not None
        assert pc.opening.manager.hall == "9901"
    assert 'place = "floor"' in (data / "counter.toml").read_text("utf-8")


def test_the_guide_desk_enrols_and_lets_a_guide_alone_in(qtbot: QtBot, data: Path, server: NearServer) -> None:
    with newcomer(qtbot, data, server.url) as pc:
        pc.type(server.code(None, Role.GUIDE))
        pc.enter()
        pc.until(lambda: pc.program.window.findChild(QLineEdit, "door_password") is not None)
        pc.until(lambda: QApplication.focusWidget().objectName() == "door_number")
        for number in ("0901", "0801"):
            pc.shown("door_number").setFocus()
            pc.clear()
            pc.type(number)
            QTest.keyClick(QApplication.focusWidget(), Key.Key_Return)
            pc.type(PASSWORD)
            QTest.keyClick(QApplication.focusWidget(), Key.Key_Return)
            pc.until(lambda number=number: bool(pc.left) if number == "0801" else "不是导办员" in pc.error())
        assert pc.opening.manager is not None
        assert pc.opening.manager.role is Role.GUIDE
        place = pc.opening.place
        assert isinstance(place, FloorSettings)
        assert (place.role, place.printer is not None) == (Role.GUIDE, True)


def test_the_door_is_whole_in_every_layout(qtbot: QtBot, data: Path, screens: Screens) -> None:
    with newcomer(qtbot, data, "http://192.168.10.5:8642") as pc:
        window = pc.program.window
        window.showNormal()
        pc.type("7K3M9QTX2HBD")
        pc.enter()
        for size in ((1920, 1080), (1366, 768), (1093, 614)):
            window.resize(*size)
            pc.until(lambda: [*cut_texts(window), *overlaps(window), *low_controls(window)] == [])
            assert QApplication.focusWidget().text() == "7K3M-9QTX-2HBD"
            screens.keep(window, f"enrol-{size[0]}.png")
