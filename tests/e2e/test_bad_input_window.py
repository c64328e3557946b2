"""What goes wrong at a counter, met as the clerk meets it: the real window on the real store, server and devices."""

import functools
import http.server
import json
import logging
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from sqlalchemy import event

from app.commands.opening import Machine, Opening
from app.commands.settings import load_settings
from app.commands.system_clock import NOW_VARIABLE, SystemClock, demo_clock
from app.domain.catalogue.organisation import Authority
from app.storage.engine import Database, file_connection
from app.storage.keys import CounterKeys
from app.storage.messages import text
from devices.sam.demo_cards import demo_card, people
from devices.sam.driver import SamCardReader
from devices.sam.simulator import SamSimulator
from printing.simulator.printer import PrinterSimulator
from sync.client.http import HttpCentralServer
from sync.protocol.messages import IssueTicket
from ui.application import CounterProgram

ROOT = Path(__file__).parents[2]
Key = Qt.Key
PATIENCE_S = 20.0
CLERK, HALL = "0302", "9901"
NO_LIMIT = (1 << 32) - 2


@dataclass
class Hall:
    """The demo server in a process of its own, and two devices."""

    data: Path
    sam: SamSimulator = field(default_factory=lambda: SamSimulator("127.0.0.1", 0))
    printer: PrinterSimulator = field(default_factory=lambda: PrinterSimulator("127.0.0.1", 0, SystemClock()))

    def open(self) -> None:
        arguments = ["server", "--db", f"sqlite:///{self.data}/server.db", "--data", str(self.data), "--demo"]
        self.log = (self.data / "server.log").open("w", encoding="utf-8")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "app.main", *arguments, "--port", "0"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
        )
        assert self.process.stdout is not None
        self.url = json.loads(self.process.stdout.readline())["listening"]
        self.credentials = json.loads((self.data / "demo-credentials.json").read_text("utf-8"))
        self.sam.start()
        self.printer.start()

    def close(self) -> None:
        self.sam.stop()
        self.printer.stop()
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(20) == 0
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.log.close()

    def take_number(self) -> str:
        kiosk = HttpCentralServer(self.url, self.credentials["tokens"]["kiosk"], SystemClock())
        number = kiosk.issue_ticket(HALL, IssueTicket(business="A"), secrets.token_hex(8)).number
        kiosk.close()
        return number

    def counter(self, data: Path, window: str = "A03", **changes: str) -> Path:
        """Write the settings of a counter PC; ``changes`` are TOML values."""
        data.mkdir(exist_ok=True)
        (data / "token").write_text(self.credentials["tokens"][window])
        (data / "sign-in.json").write_text(
            json.dumps({"clerk": CLERK, "password": self.credentials["clerks"][CLERK]}), encoding="utf-8"
        )
        values = {
            "server": self.url,
            "key_store": "file",
            "reader": "socket://{}:{}".format(*self.sam.address),
            "printer": "tcp://{}:{}".format(*self.printer.address),
        } | changes
        (data / "counter.toml").write_text(
            f'server = "{values["server"]}"\ntoken_file = "token"\nsign_in_file = "sign-in.json"\n'
            f'key_store = "{values["key_store"]}"\n'
            f'[reader]\nurl = "{values["reader"]}"\n[printer]\nurl = "{values["printer"]}"\n',
            encoding="utf-8",
        )
        return data


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    running = Hall(tmp_path_factory.mktemp("hall"))
    running.open()
    yield running
    running.close()


@pytest.fixture(scope="module")
def application() -> QApplication:
    existing = QApplication.instance()
    return existing if isinstance(existing, QApplication) else QApplication([])


@pytest.fixture
def data(hall: Hall, tmp_path: Path) -> Path:
    return hall.counter(tmp_path / "counter")


@dataclass
class Screen:
    """The window with the clerk's eyes and fingers."""

    program: CounterProgram
    opening: Opening

    @property
    def title(self) -> str:
        return self.program.window.windowTitle()

    @property
    def message(self) -> str:
        strip = self.program.window.findChild(QWidget, "key_message")
        return strip.accessibleName() if strip is not None else ""

    @property
    def database(self) -> Database:
        parts: Any = self.opening
        database: Database = parts._opening._base.store._database
        return database

    def says(self, words: str) -> bool:
        """Say whether these words stand somewhere by themselves."""
        return words in [each.text() for each in self.program.window.findChildren(QLabel)]

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.program.window, key)

    def write(self, words: str) -> None:
        QTest.keyClicks(QApplication.focusWidget(), words)

    def fields(self) -> list[str]:
        return [edit.text() for edit in self.program.window.findChildren(QLineEdit) if edit.isVisible()]

    def until(self, question: Callable[[], object], what: str) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not question():
            assert time.monotonic() < deadline, f"{what}; title {self.title!r}, message {self.message!r}"
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)

    def until_title(self, part: str) -> None:
        self.until(lambda: part in self.title, f"no {part!r} in the title")

    def until_message(self, part: str) -> None:
        self.until(lambda: part in self.message, f"no {part!r} in the message")

    def press_until(self, key: Qt.Key, part: str) -> None:
        """Press again while a key just pressed is still deaf."""
        self.until(lambda: part in self.title or self.press(key), f"no {part!r} in the title")

    def leave(self) -> None:
        """The citizen goes; the server knows."""
        self.press_until(Key.Key_F12, "等待叫号")
        self.until_pushed()

    def until_pushed(self) -> None:
        self.until(lambda: self.program.window.property("pendingSync") == 0, "the server has it all")

    def fill_the_page(self, hall: Hall, shop: str = "Xiangyang Canteen") -> str:
        """Call a citizen and settle everything but F10; return the number."""
        number = hall.take_number()
        self.press(Key.Key_F2)
        self.until_title("正在呼叫")
        hall.sam.handle({"do": "lay", "person": "P6"})
        self.until_title("· 事项 · 已读证")
        hall.sam.handle({"do": "lift"})
        for key in (Key.Key_2, Key.Key_2, Key.Key_1, Key.Key_1, Key.Key_1):
            self.press(key)
        self.until_title("· 核对材料 ·")
        self.press(Key.Key_Plus)
        self.until_title("· 表单 ·")
        for words in (shop, "Hot dishes", "15400000001"):
            self.write(words)
            self.press(Key.Key_Return)
        self.until_title("可办")
        return number


@contextmanager
def counter_window(data: Path) -> Iterator[Screen]:
    clock = demo_clock()
    opening = Opening(Machine(data, None, clock), load_settings(data / "counter.toml"))
    program = CounterProgram(opening.open, opening.close, clock)
    with program.running():
        program.window.activateWindow()
        yield Screen(program, opening)
    QCoreApplication.processEvents()  # what the threads told last still finds its window
    program.window.hide()
    program.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(application: QApplication) -> Callable[[Path], Any]:
    return counter_window


@pytest.fixture
def short_first_contact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.commands.counter_base.FIRST_CONTACT_MS", 300)


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@pytest.fixture(scope="module")
def worked_before(hall: Hall, application: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A counter whose day was opened and whose program ended; to be copied."""
    data = hall.counter(tmp_path_factory.mktemp("before") / "counter", window="A04")
    with counter_window(data) as screen:
        screen.until_title("等待叫号")
        screen.until_pushed()
    return data


@pytest.fixture
def used(worked_before: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(worked_before, tmp_path / "used"))


def damage(path: Path, *, from_page: int) -> None:
    """Flip bytes in every page from this one on, as a dying disk does; the journal is gone with the last close."""
    content = bytearray(path.read_bytes())
    for at in range(from_page * 4096 + 100, len(content), 4096):
        content[at] ^= 0xFF
    path.write_bytes(content)


@pytest.mark.parametrize("from_page", [1, 0])
def test_a_damaged_database_is_named_and_kept(window: Callable[[Path], Any], used: Path, from_page: int) -> None:
    damage(used / "counter.db", from_page=from_page)
    before = (used / "counter.db").read_bytes()
    with window(used) as screen:
        screen.until_title("重建本机库")
    assert (used / "counter.db").read_bytes() == before


def flip_a_page_of(table: str, data: Path) -> None:
    """Let one byte of a table's first page go bad on the disk, while others have the store open."""
    keys = CounterKeys.from_text((data / "counter.key").read_text("ascii"))
    connection = file_connection(data / "counter.db", keys.database)()
    assert connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    page = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0]
    connection.close()
    with (data / "counter.db").open("r+b") as file:
        file.seek((page - 1) * 4096 + 1000)
        byte = file.read(1)[0]
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte ^ 1]))


def test_a_page_that_goes_bad_under_an_open_window_is_met_said_and_mended(
    hall: Hall, window: Callable[[Path], Any], data: Path
) -> None:
    with window(data) as screen:
        screen.until_title("等待叫号")
        screen.fill_the_page(hall)
        typed = screen.fields()
        screen.until_pushed()
        flip_a_page_of("case_record", data)
        screen.press(Key.Key_F10)
        screen.until_title("重建本机库")
        screen.until(lambda: screen.says("本机数据库已损坏"), "what happened is said")
        assert not list(data.glob("damaged-*")), "nothing is touched before the clerk said so"
        screen.press(Key.Key_Return)
        screen.until(lambda: screen.says("数据库已重建，请看一遍"), "it is made anew")
        assert len(list(data.glob("damaged-*/counter.db"))) == 1
        screen.press(Key.Key_Return)
        screen.until_title("可办")
        screen.until(lambda: screen.message == "", "the window works again")
        assert screen.fields() == typed, "what was typed before is on the new page"
        screen.press_until(Key.Key_F10, "已出单")
        screen.leave()
        with screen.database.read() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM case_record").scalar() == 1
        assert not (data / "counter.db.damaged").exists()


def test_a_wrong_key_rebuilds_nothing(window: Callable[[Path], Any], used: Path) -> None:
    keys = used / "counter.key"
    spelled = keys.read_text("ascii")
    keys.write_text(("2" if spelled[0] == "1" else "1") + spelled[1:], "ascii")
    before = (used / "counter.db").read_bytes()
    with window(used) as screen:
        screen.until_message(text("wrong_key"))
        assert "请系统管理员" in text("wrong_key")
        assert "正在开窗" in screen.title
    assert (used / "counter.db").read_bytes() == before


def test_without_a_keyring_the_window_says_what_to_do(
    hall: Hall, window: Callable[[Path], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    with window(hall.counter(tmp_path / "counter", key_store="keyring")) as screen:
        screen.until_message("系统密钥环不可用。请登录桌面后再开")
    assert not (tmp_path / "counter" / "counter.db").exists()


def test_an_absent_reader_keeps_the_window_open(hall: Hall, window: Callable[[Path], Any], tmp_path: Path) -> None:
    port = closed_port()
    with window(hall.counter(tmp_path / "counter", reader=f"socket://127.0.0.1:{port}")) as screen:
        screen.until_title("等待叫号")
        screen.until_message("身份证读卡器：找不到设备的端口。请检查连接线和电源")
        reader = SamSimulator("127.0.0.1", port)
        reader.start()
        screen.until(lambda: screen.message == "", "the reader came back")
        reader.stop()


def test_an_absent_printer_keeps_the_window_open(hall: Hall, window: Callable[[Path], Any], tmp_path: Path) -> None:
    port = closed_port()
    with window(hall.counter(tmp_path / "counter", printer=f"tcp://127.0.0.1:{port}")) as screen:
        screen.until_title("等待叫号")
        screen.until_message("单据打印机：打印机连不上。检查电源和网线")
        printer = PrinterSimulator("127.0.0.1", port, SystemClock())
        printer.start()
        screen.until(lambda: screen.message == "", "the printer came back")
        printer.stop()


@pytest.fixture
def other_program(tmp_path: Path) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    folder = tmp_path / "www"
    folder.mkdir()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_another_program_at_the_servers_address_is_not_taken_for_it(
    hall: Hall, window: Callable[[Path], Any], used: Path, other_program: str
) -> None:
    with window(hall.counter(used, server=other_program)) as screen:
        screen.until_title("等待叫号 · 离线")
        screen.until_message("连上的不是本中心的服务器")
        assert "counter.toml 里的 server" in screen.message


@pytest.mark.usefixtures("short_first_contact")
def test_a_new_counter_at_another_program_says_so(
    hall: Hall, window: Callable[[Path], Any], tmp_path: Path, other_program: str
) -> None:
    with window(hall.counter(tmp_path / "counter", server=other_program)) as screen:
        screen.until_message("连上的不是本中心的服务器")
        assert "正在开窗" in screen.title


@pytest.mark.usefixtures("short_first_contact")
def test_the_server_of_another_hall_is_named_as_such(hall: Hall, window: Callable[[Path], Any], tmp_path: Path) -> None:
    other = tmp_path / "counter"
    hall.counter(other)
    (other / "token").write_text("a-token-of-another-hall")
    with window(other) as screen:
        screen.until_message("服务器不认这台电脑的凭据")
        assert "请系统管理员核对 counter.toml 里的 server" in screen.message


@pytest.mark.usefixtures("short_first_contact")
def test_nobody_at_the_servers_address_is_plain_offline_work(
    hall: Hall, window: Callable[[Path], Any], tmp_path: Path, used: Path
) -> None:
    nowhere = f"http://127.0.0.1:{closed_port()}"
    with window(hall.counter(tmp_path / "counter", server=nowhere)) as screen:
        screen.until_message("连不上服务器。请检查网线")
    with window(hall.counter(used, server=nowhere)) as screen:
        screen.until_title("等待叫号 · 离线")
        assert screen.message == ""


def test_a_clock_set_back_behind_an_open_day_keeps_the_window_shut(
    window: Callable[[Path], Any], data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(NOW_VARIABLE, "2026-11-24T09:00:00+08:00")
    with window(data) as screen:
        screen.until_title("等待叫号")
    monkeypatch.setenv(NOW_VARIABLE, "2026-11-23T09:00:00+08:00")
    with window(data) as screen:
        screen.until_message("电脑的时间倒退了")
        assert "请系统管理员校准时间" in screen.message
        assert "正在开窗" in screen.title


def test_a_full_disk_loses_nothing_typed_and_f10_works_once_there_is_room(
    hall: Hall, window: Callable[[Path], Any], data: Path
) -> None:
    with window(data) as screen:
        screen.until_title("等待叫号")
        room = [NO_LIMIT]

        def measure(connection: Any, *_: object) -> None:
            connection.execute(f"PRAGMA max_page_count = {room[0]}")

        event.listen(screen.database.engine, "checkout", measure)
        screen.fill_the_page(hall)
        typed = screen.fields()
        assert "Xiangyang Canteen" in typed
        room[0] = 1
        screen.press(Key.Key_F10)
        screen.until_message("磁盘满了，刚才的操作没有保存，屏幕上的内容都在。请清理磁盘后再按一次")
        assert screen.fields() == typed
        assert "可办" in screen.title
        with screen.database.read() as connection:
            assert "Xiangyang Canteen" in connection.exec_driver_sql("SELECT card FROM draft").scalar_one()
            assert connection.exec_driver_sql("SELECT count(*) FROM case_record").scalar() == 0
        room[0] = NO_LIMIT
        screen.press_until(Key.Key_F10, "已出单")
        assert screen.message == ""
        screen.leave()


def test_what_nobody_expected_has_one_number_on_the_screen_and_in_the_log(
    hall: Hall,
    window: Callable[[Path], Any],
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a mistake of the program")

    with window(data) as screen:
        screen.until_title("等待叫号")
        screen.fill_the_page(hall)
        typed = screen.fields()
        with monkeypatch.context() as patched:
            patched.setattr("ui.screens.counter.acts._VERBS", dict.fromkeys(Authority, broken))
            screen.press(Key.Key_F10)
            screen.until_message("刚才没办成，内容都在。再按一次")
        incident = screen.message.split("代码 ")[1].split("）")[0]
        assert "Traceback" not in screen.message
        assert "ZeroDivision" not in screen.message
        logged = [each for each in caplog.records if incident in each.getMessage()]
        assert logged
        assert logged[0].exc_info
        assert logged[0].exc_info[0] is ZeroDivisionError
        assert screen.fields() == typed
        screen.press_until(Key.Key_F10, "已出单")
        screen.leave()


def test_a_reader_thread_that_dies_is_told(
    window: Callable[[Path], Any], data: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a mistake of the driver")

    with window(data) as screen:
        screen.until_title("等待叫号")
        monkeypatch.setattr(SamCardReader, "_perform", broken)
        screen.until_message("程序有一部分停了")
        incident = screen.message.split("代码 ")[1].split("）")[0]
        assert any(incident in each.getMessage() and each.exc_info for each in caplog.records)
        screen.press(Key.Key_Escape)
        screen.until_message("读卡服务停了。请办完这一位后重新打开柜面程序")


def test_a_dead_sync_thread_is_told_and_stays_told(
    hall: Hall, window: Callable[[Path], Any], data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a mistake of the dialogue")

    with window(data) as screen:
        screen.until_title("等待叫号")
        monkeypatch.setattr("sync.client.worker.exchange", broken)
        hall.take_number()
        screen.until_message("程序有一部分停了")
        screen.press(Key.Key_Escape)
        screen.until_message("与服务器的同步停了")


def test_a_step_of_the_window_that_fails_leaves_the_keys_alive(
    hall: Hall, window: Callable[[Path], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a mistake of the screen")

    with window(hall.counter(tmp_path / "counter", window="A04")) as screen:
        screen.until_title("等待叫号")
        hall.take_number()
        with monkeypatch.context() as patched:
            patched.setattr("ui.screens.counter.presenter.CounterPresenter._take", broken)
            screen.press(Key.Key_F2)
            screen.until_message("刚才没办成")
        screen.press_until(Key.Key_F2, "正在呼叫")


def test_the_logs_of_an_ordinary_day_name_nobody(
    hall: Hall, window: Callable[[Path], Any], data: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    with window(data) as screen:
        screen.until_title("等待叫号")
        screen.fill_the_page(hall)
        screen.press(Key.Key_F10)
        screen.until_title("已出单")
        screen.leave()
    logs = caplog.text + (hall.data / "server.log").read_text(encoding="utf-8")
    assert "print_job" in logs
    for person in map(demo_card, people()):
        secret = [person.name, getattr(person, "number", ""), getattr(person, "address", "")]
        assert [each for each in secret if each and each in logs] == []
    assert "15400000001" not in logs
    assert "Xiangyang Canteen" not in logs
