"""The citizen's side of the demo: every code on a paper and every ticket can be held before the counter's scanner."""

import json
import queue
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from screens_kept import Screens

from app.commands.system_clock import SystemClock
from app.domain.paper.fill import fill
from app.ports.scanner import Scanned, ScannerBack, ScannerEvent
from app.storage.slip_files import load_templates
from devices.sam.simulator import SamSimulator
from devices.scanner.driver import SerialScanner
from devices.scanner.simulator import ScannerSimulator
from devices.simulation.control import ControlServer
from devices.simulation.link import Link
from devices.transport import SerialPort
from printing.profile import PrinterProfile
from printing.simulator.printer import PrinterSimulator
from printing.thermal import encode
from ui.background import Background
from ui.desk.scanning import TicketShelf
from ui.desk.window import DeskWindow
from ui.desk.world import TicketPaper, World

GOLDEN = Path(__file__).parents[1] / "golden" / "data"
HERE = ("127.0.0.1", 0)
WAIT_MS = 20_000


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Any]:
    """Simulators behind their control ports, as the demo starts them; yields the world and the devices by name."""
    clock = SystemClock()
    devices: dict[str, Any] = {
        "sam": SamSimulator(*HERE),
        "printer": PrinterSimulator(*HERE, clock),
        "scanner": ScannerSimulator(*HERE),
        "link": Link(*HERE, HERE),
    }
    with ExitStack() as running:
        places = {}
        handlers = {name: device.handle for name, device in devices.items()}
        for device in devices.values():
            device.start()
            running.callback(device.stop)
        for name, handler in {**handlers, "demo": lambda _: {"server": 1, "counter": 1}}.items():
            control = ControlServer(*HERE, handler)
            control.start()
            running.callback(control.stop)
            places[name] = "{}:{}".format(*control.address)
        credentials = tmp_path / "credentials.json"
        credentials.write_text(json.dumps({"tokens": {"kiosk": "none"}, "businesses": ["A", "B"]}), encoding="utf-8")
        file = tmp_path / "desk.json"
        file.write_text(json.dumps({**places, "credentials": str(credentials), "hall": "9901"}), encoding="utf-8")
        yield World(file, clock), devices


def test_the_codes_on_a_paper_are_scanned_by_a_click(hall: Any, qtbot: QtBot, screens: Screens) -> None:
    world, devices = hall
    heard: queue.Queue[ScannerEvent] = queue.Queue()
    driver = SerialScanner(SerialPort("socket://{}:{}".format(*devices["scanner"].address)))
    driver.start(heard.put)
    world._tickets.append(TicketPaper("A023", "ZW1N:9901-20261123-A023"))
    desk = DeskWindow(world, {}, Background(SystemClock()))
    try:
        assert heard.get(timeout=20) == ScannerBack()
        fields = json.loads((GOLDEN / "SL-05.json").read_text(encoding="utf-8"))
        with socket.create_connection(devices["printer"].address) as line:
            line.sendall(encode(fill(load_templates()["SL-05"], fields), PrinterProfile()))
            desk.show()
            texts = ("ZW1N:9901-20261123-A023", fields["qr"], fields["rating_qr"])
            codes = {f"desk_scan__{text}": text for text in texts}
            qtbot.waitUntil(lambda: all(desk.findChild(QPushButton, name) for name in codes), timeout=WAIT_MS)
        assert [desk.findChild(QPushButton, name).text() for name in codes] == ["扫 A023", "扫办件码", "扫评价码"]
        qtbot.waitUntil(lambda: "扫码枪：接着柜面" in desk._status.text(), timeout=WAIT_MS)
        for name, code in codes.items():
            desk.findChild(QPushButton, name).click()
            assert heard.get(timeout=20) == Scanned(code)
        screens.keep(desk, "desk-scanning.png")
        driver.stop()
        qtbot.waitUntil(lambda: "扫码枪：没有接上柜面" in desk._status.text(), timeout=WAIT_MS)
    finally:
        driver.stop()
        desk.close()
        desk.deleteLater()


def test_the_shelf_holds_the_last_tickets_newest_first(qtbot: QtBot) -> None:
    scanned: list[str] = []
    shelf = TicketShelf(scanned.append)
    qtbot.addWidget(shelf)
    shelf.show_tickets(())
    assert shelf.isHidden()
    shelf.show_tickets(tuple(TicketPaper(f"A{n:03}", f"code-{n}") for n in range(6)))
    assert [each.text() for each in shelf._buttons] == ["扫 A005", "扫 A004", "扫 A003", "扫 A002"]
    shelf._buttons[1].click()
    assert scanned == ["code-4"]
