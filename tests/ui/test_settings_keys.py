"""The settings window with a real counter.toml and simulated devices on real sockets, its keys pressed."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from screen_checks import other_windows
from screens_kept import Screens
from test_counter_screens import cut_texts, low_controls, overlaps

from app.commands.device_trials import Trials
from app.commands.settings import load_settings
from app.commands.settings_opening import SettingsOpening
from app.commands.site_names import site_names
from app.commands.system_clock import SystemClock
from app.domain.wedge import Pace
from devices.display.sink import DisplaySink
from devices.evaluator.simulator import KeypadSimulator
from devices.evaluator.template import FOLDER, load_keypad
from devices.found import Found, Looks
from devices.sam.simulator import SamSimulator
from printing.simulator.printer import PrinterSimulator
from ui.screens.counter.build import build
from ui.screens.counter.build.over import over
from ui.screens.counter.sign_in import blocked
from ui.screens.counter.state import CounterState, DeviceStatus
from ui.screens.settings.bridge import SettingsBridge
from ui.screens.settings.presenter import SettingsPresenter
from ui.screens.settings.view import SettingsWindow
from ui.screens.sign_in.state import SignInState
from ui.widgets.views import DeviceState

SIZES = ((1920, 1080), (1536, 864), (1366, 768), (1280, 720), (1092, 614))
WAIT_MS = 20_000
AGAIN_S = 2.0
ENTER, ESC, UP, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Up, Qt.Key.Key_Down
F1, F2, F4, F6, F8, F10 = (getattr(Qt.Key, f"Key_F{number}") for number in (1, 2, 4, 6, 8, 10))
TOML = """# 装机的人写的
server = "http://127.0.0.1:1"
token_file = "token"
key_store = "file"

[printer]
url = "tcp://{printer}"   # 柜台下面那台
charset = "gbk"

[reader]
url = "socket://{reader}"

[display]
url = "socket://{display}"
template = "seven-byte"

[evaluator]
url = "socket://{keypad}"
"""


class QuickClock(SystemClock):
    """Half a second passes between two looks at it, so that no key is taken for a bounce of the one before."""

    def __init__(self) -> None:
        self.ms = 0

    def monotonic_ms(self) -> int:
        self.ms += 500
        return self.ms


class Desk:
    """The window, the file beneath it, and the devices it names."""

    def __init__(self, folder: Path, qtbot: Any) -> None:
        self.sam, self.printer = SamSimulator("127.0.0.1", 0), PrinterSimulator("127.0.0.1", 0, SystemClock())
        self.sink = DisplaySink("127.0.0.1", 0)
        self.keypad = KeypadSimulator("127.0.0.1", 0, load_keypad(FOLDER / "five-keys.toml"))
        self.file, self.qtbot = folder / "counter.toml", qtbot
        for each in self.all:
            each.start()
        names = {"reader": self.sam, "printer": self.printer, "display": self.sink, "keypad": self.keypad}
        self.file.write_text(
            TOML.format(**{name: "{}:{}".format(*each.address) for name, each in names.items()}), encoding="utf-8"
        )
        self.window, self.bridge = SettingsWindow(QuickClock()), SettingsBridge()
        self.presenter = SettingsPresenter(self.window, self.bridge, SystemClock())
        trials = Trials(folder, SystemClock(), hand_s=5, shown_s=0.5)
        self.presenter.begin(SettingsOpening(folder, SystemClock(), "秦某", "0903", trials).open())
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)
        self.until(lambda: self.presenter.state.found is not None and self.presenter.state.paper is not None)

    @property
    def all(self) -> tuple[Any, ...]:
        return (self.sam, self.printer, self.sink, self.keypad)

    def press(self, *keys: Any) -> "Desk":
        for key in keys:
            for sign in key if isinstance(key, str) else (key,):
                QTest.keyClick(QApplication.focusWidget() or self.window, sign)
        return self

    def write(self, text: str) -> "Desk":
        """Replace what stands in the line that is open, as typing or pasting does."""
        editor = QApplication.focusWidget()
        assert isinstance(editor, QLineEdit)
        editor.setText(text)
        return self

    def until(self, holds: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(holds, timeout=WAIT_MS)

    def told(self, words: str) -> None:
        self.until(lambda: words in self.message())

    def message(self) -> str:
        return str(self.window.property("message"))

    def close(self) -> None:
        self.presenter.close()
        self.window.hide()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        for each in self.all:
            each.stop()


@pytest.fixture
def desk(tmp_path: Path, qtbot: Any) -> Iterator[Desk]:
    made = Desk(tmp_path, qtbot)
    yield made
    made.close()


def test_a_value_is_changed_and_saved_with_every_comment(desk: Desk) -> None:
    old = desk.file.read_text(encoding="utf-8")
    desk.press("1", DOWN, DOWN, F4)
    assert desk.presenter.state.values["printer", "columns"] == "48"
    desk.press(F4, F10)
    desk.told("已保存，原来的设置在 counter.toml.bak")
    new = desk.file.read_text(encoding="utf-8")
    assert new == old.replace('charset = "gbk"\n', 'charset = "gbk"\ncolumns = 32\n')
    assert desk.file.with_name("counter.toml.bak").read_text(encoding="utf-8") == old
    assert load_settings(desk.file).printer.columns == 32
    assert "没有保存" not in desk.window.windowTitle()


def test_a_wrong_value_names_its_line_and_is_not_saved(desk: Desk) -> None:
    old = desk.file.read_text(encoding="utf-8")
    desk.press("2", ENTER).write("pigeon://coop").press(ENTER)
    desk.told("reader.url: /dev/ttyUSB0")
    assert "（第 11 行）" in desk.message()
    desk.press(F10)
    desk.told("（第 11 行）")
    assert desk.file.read_text(encoding="utf-8") == old
    desk.press(ENTER).write("").press(ENTER, F10)
    desk.told("已保存")
    assert load_settings(desk.file).reader is None, "without an address there is no device"


def test_every_device_is_tried_in_place(desk: Desk, screens: Screens) -> None:
    desk.sam.handle({"do": "lay", "person": "P1"})
    desk.press("2", F8)
    desk.told("读到 ")
    assert "*" in desk.message()
    desk.press(F6).write("䶮𰻞龘").press(ENTER, "1", F8)
    assert site_names(desk.file.parent) == "䶮𰻞龘"
    desk.told("打出来了")
    (paper,) = desk.printer.handle({"do": "papers"})["papers"]
    assert "试打单" in paper["text"]
    assert paper["violations"] == []
    desk.press("4", F8)
    desk.told("屏收下了 A023")  # this model has no frame that clears it
    assert desk.sink.handle({"do": "state"})["shown"] == {"0": 23}
    desk.press("5", F8)
    desk.until(lambda: desk.keypad.handle({"do": "state"})["listeners"] == 1)
    desk.keypad.handle({"do": "press", "grade": 5})
    desk.told("收到按键")
    desk.printer.handle({"do": "fault", "kind": "paper_out"})
    desk.press("1", F8)
    desk.told("装纸，自动续打")
    screens.keep(desk.window, "settings-printer.png")


def test_a_cash_drawer_is_set_by_its_pin_and_opens_with_the_trial(desk: Desk, screens: Screens) -> None:
    desk.press("1", *[DOWN] * 5, F4, F4)
    assert desk.presenter.state.values["printer", "drawer"] == "pin2"
    desk.press(UP, F4, F4)
    assert desk.presenter.state.values["printer", "barcode"] == "raster"
    desk.press(F8)
    desk.told("钱箱应当已经弹开")
    assert desk.printer.handle({"do": "state"})["drawer_pulses"] == 1
    desk.until(lambda: [*overlaps(desk.window), *cut_texts(desk.window)] == [])
    screens.keep(desk.window, "settings-drawer.png")


def test_a_second_printer_is_set_and_prints_its_trial(desk: Desk) -> None:
    second = PrinterSimulator("127.0.0.1", 0, SystemClock())
    second.start()
    desk.press("7", ENTER).write("tcp://{}:{}".format(*second.address)).press(ENTER)
    desk.told("printer.other.name")
    desk.press(DOWN, ENTER).write("B02").press(ENTER, F8)
    desk.told("打出来了")
    assert len(second.handle({"do": "papers"})["papers"]) == 1
    second.stop()
    desk.press(F10)
    desk.told("已保存")
    other = load_settings(desk.file).printer.other
    assert other is not None
    assert (other.name, other.charset) == ("B02", "gbk")


def test_a_document_camera_is_tried_and_its_file_stays(desk: Desk, screens: Screens) -> None:
    folder = desk.file.parent / "scans"
    desk.press("8", ENTER).write("scans").press(ENTER, F8)
    desk.told(str(folder))
    folder.mkdir()
    desk.press(F8)
    desk.until(lambda: "camera" in desk.presenter.state.busy)
    scans = [0.0]

    def scanned() -> bool:
        """Scan again now and then until the folder is watched: what lay there before is never taken."""
        if time.monotonic() - scans[-1] > AGAIN_S:
            (folder / f"{len(scans)}.jpg").write_bytes(b"\xff\xd8\xff a page \xff\xd9")
            scans.append(time.monotonic())
        return "camera" not in desk.presenter.state.busy

    desk.until(scanned)
    desk.told("收到一份 jpg，1 KB")
    assert any(folder.iterdir())
    screens.keep(desk.window, "settings-camera.png")
    desk.press(F10)
    desk.told("已保存")
    assert load_settings(desk.file).camera == folder


def test_a_scanner_that_types_is_tried_in_this_window(desk: Desk) -> None:
    desk.press("3", DOWN, DOWN, F4)
    assert desk.presenter.state.values["scanner", "wedge"] == "true"
    desk.press(F8)
    assert "scanner" in desk.presenter.state.busy
    handle = desk.window.windowHandle()
    for at, letter in enumerate("990101199001010018\r"):
        key = Qt.Key.Key_Return if letter == "\r" else ord(letter)
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter)
            event.setTimestamp(5_000 + 4 * at)
            QCoreApplication.sendEvent(handle, event)
    desk.told("扫到 18 个字")
    assert (desk.presenter.state.device.table, desk.presenter.state.draft) == ("scanner", None), "no key of it acted"
    desk.press(F10)
    desk.told("已保存")
    settings = load_settings(desk.file)
    assert (settings.scanner, settings.wedge) == (None, Pace())


def test_all_devices_are_looked_at(desk: Desk) -> None:
    desk.sam.stop()
    desk.press(F2)
    desk.until(lambda: not desk.presenter.state.busy and len(desk.presenter.state.looked) == 4)
    states = {table: each.state.value for table, each in desk.presenter.state.looked.items()}
    assert states == {"printer": "ok", "reader": "fault", "display": "ok", "evaluator": "ok"}
    desk.press("2")
    desk.told("请检查连接线和电源")


def test_a_found_address_is_put_in_by_one_key(desk: Desk) -> None:
    found = (Found("/dev/ttyS9", Looks.PORT, ""), Found("usb://0400:c35a", Looks.READER, "身份证读卡器"))
    desk.presenter.update(found=found)
    desk.press("2", F4)
    assert desk.presenter.state.values["reader", "url"] == "/dev/ttyS9"
    desk.press(ENTER, F4, ENTER)
    assert desk.presenter.state.values["reader", "url"] == "usb://0400:c35a"
    desk.press("6", F4)
    desk.told("没有可换的")


def test_a_frame_shows_its_bytes_while_it_is_typed(desk: Desk, screens: Screens, tmp_path: Path) -> None:
    """Both real frames of devices.md section 5: board 5 shows 999, and 888 with its colour."""
    desk.press("4", DOWN, DOWN)
    frame = desk.presenter.state.frame
    assert frame is not None
    assert (desk.presenter.state.frame_line, frame.hex) == (
        "3A {addr u8} {ticket u16le} {colour u8} {sum8} 0A", "3A 00 17 00 01 52 0A",
    )  # fmt: skip
    desk.press(ENTER).write("3A 00 78 03 01 {sum8} 0A")
    assert desk.presenter.state.frame is not None
    assert desk.presenter.state.frame.hex == "3A 00 78 03 01 B6 0A"
    desk.write("05 03 E7 {sum8}")
    assert desk.presenter.state.frame.hex == "05 03 E7 EF"
    desk.write("{addr u8} {ticket u16be} zz {sum8}")
    desk.told("第 26 列 zz")
    assert desk.presenter.state.frame.column == 26
    desk.until(lambda: [*overlaps(desk.window), *cut_texts(desk.window)] == [])
    screens.keep(desk.window, "settings-frame-wrong.png")
    desk.press(ENTER)
    assert desk.window.property("uiState") == "typing.call", "what cannot be read stays open"
    desk.write("{addr u8} {ticket u16be} {sum8}").press(ENTER)
    desk.told("叫号帧写到 display-own.toml")
    screens.keep(desk.window, "settings-frame.png")
    own = (tmp_path / "display-own.toml").read_text(encoding="utf-8")
    assert 'call = "{addr u8} {ticket u16be} {sum8}"' in own
    assert own.startswith("# 七字节数码屏"), "the comments of the template it came from are kept"
    desk.press(F10)
    desk.told("已保存")
    assert load_settings(desk.file).display.template == "display-own.toml"  # type: ignore[union-attr]


def test_who_sets_devices_gets_in_where_no_device_works(kit: Any) -> None:
    with kit.store.read() as view:
        catalogue = view.catalogue()
    broken = {"reader": DeviceStatus(DeviceState.FAULT), "printer": DeviceStatus(DeviceState.FAULT)}
    for number, kept_out in (("0905", False), ("0903", False), ("0301", True), ("0901", True), ("", True)):
        state = CounterState("A01", 0, devices=broken, over=SignInState(catalogue, number=number))
        assert blocked(state) is kept_out, number
        assert over(state, build(state)).page.can_open is not kept_out, number  # type: ignore[union-attr]


@pytest.mark.parametrize("size", SIZES)
def test_it_stands_in_every_size(desk: Desk, screens: Screens, size: tuple[int, int]) -> None:
    desk.window.resize(*size)
    for number, shown in (("1", "settings.printer"), ("4", "settings.display"), ("7", "settings.printer.other")):
        desk.press(number)
        assert desk.window.property("uiState") == shown
        desk.until(lambda: [*overlaps(desk.window), *cut_texts(desk.window), *low_controls(desk.window)] == [])
        screens.keep(desk.window, f"settings-{shown.partition('.')[2]}-{size[0]}.png")
    desk.press(F1)
    assert desk.window.property("uiState") == "help"
    assert other_windows(desk.window) == []
    desk.press(ESC, ENTER)
    assert desk.window.property("uiState") == "typing.url"
    desk.until(lambda: [*overlaps(desk.window), *cut_texts(desk.window)] == [])
    screens.keep(desk.window, f"settings-typing-{size[0]}.png")
