"""The scanner in counter.toml: absent is no fault, wrong is one clear line, right is listened to."""

import queue
from pathlib import Path

import pytest

from app.commands.checkup.devices import scanner as examine_scanner
from app.commands.checkup.finding import Ill
from app.commands.scanner_opening import start_scanner
from app.commands.settings import BadSettings, ScannerSettings, load_settings
from app.ports.scanner import Scanned, ScannerBack, ScannerEvent
from app.storage.messages import text
from devices.scanner.simulator import ScannerSimulator
from ui.application import NotOpen

BASE = 'server = "http://127.0.0.1:1"\ntoken_file = "token"\n[printer]\nurl = "tcp://127.0.0.1:2"\n'
PATIENCE_S = 10


def settings_with(folder: Path, lines: str) -> ScannerSettings | None:
    file = folder / "counter.toml"
    file.write_text(BASE + lines, encoding="utf-8")
    return load_settings(file).scanner


def test_a_counter_may_have_a_scanner_or_none(tmp_path: Path) -> None:
    assert settings_with(tmp_path, "") is None
    assert settings_with(tmp_path, '[scanner]\nurl = "/dev/ttyACM0"\n') == ScannerSettings("/dev/ttyACM0", 9600)
    fast = settings_with(tmp_path, '[scanner]\nurl = "COM4"\nbaud_rate = 115200\n')
    assert fast == ScannerSettings("COM4", 115200)


@pytest.mark.parametrize(
    ("lines", "fault", "place"),
    [
        ("[scanner]\n", "settings_missing_key", "scanner.url"),
        ("[scanner]\nurl = 7\n", "settings_wrong_value", "scanner.url"),
        ('[scanner]\nurl = "COM4"\nbaud = 9600\n', "settings_unknown_key", "scanner.baud"),
        ('[scanner]\nurl = "COM4"\nbaud_rate = 1\n', "settings_wrong_value", "scanner.baud_rate: 1200"),
        ('[scanner]\nurl = "COM4"\nbaud_rate = true\n', "settings_wrong_value", "scanner.baud_rate: 1200"),
        ('[scanner]\nurl = "COM4"\nbaud_rate = [9600]\n', "settings_wrong_value", "scanner.baud_rate: 1200"),
        ("[[scanner]]\n", "settings_missing_key", "[scanner]"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, lines: str, fault: str, place: str) -> None:
    with pytest.raises(BadSettings) as wrong:
        settings_with(tmp_path, lines)
    assert wrong.value.fault == fault
    assert wrong.value.place.startswith(place)


def test_an_address_that_can_be_none_is_told_at_once() -> None:
    with pytest.raises(NotOpen) as refused:
        start_scanner(ScannerSettings("pigeon://coop"), lambda _: None)
    assert (refused.value.code, refused.value.place, refused.value.final) == (
        "settings_wrong_value", "scanner.url", True,
    )  # fmt: skip
    assert "scanner.url" in text(refused.value.code, place=refused.value.place)


def test_the_doctor_looks_whether_the_port_opens() -> None:
    for url, code in (("pigeon://coop", "device_bad_port"), ("/dev/no-such-scanner", "device_port_absent")):
        with pytest.raises(Ill) as ill:
            examine_scanner(ScannerSettings(url))
        assert ill.value.code == code
    simulator = ScannerSimulator("127.0.0.1", 0)
    simulator.start()
    url = "socket://{}:{}".format(*simulator.address)
    try:
        assert examine_scanner(ScannerSettings(url)) == url
    finally:
        simulator.stop()


def test_no_scanner_is_no_fault() -> None:
    start_scanner(None, lambda _: None)()


def test_the_scanner_of_the_settings_is_heard_until_it_is_stopped() -> None:
    events: queue.Queue[ScannerEvent] = queue.Queue()
    simulator = ScannerSimulator("127.0.0.1", 0)
    simulator.start()
    stop = start_scanner(ScannerSettings("socket://{}:{}".format(*simulator.address)), events.put)
    try:
        assert events.get(timeout=PATIENCE_S) == ScannerBack()
        while simulator.handle({"do": "state"})["listeners"] == 0:
            pass  # the connection is there; the simulator is about to serve it
        simulator.handle({"do": "scan", "text": "A023"})
        assert events.get(timeout=PATIENCE_S) == Scanned("A023")
    finally:
        stop()
        simulator.stop()
