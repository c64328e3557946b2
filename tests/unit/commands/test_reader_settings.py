"""The card reader in counter.toml: absent is no fault, wrong is one clear line, every kind of address is taken."""

import queue
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.commands.checkup.devices import reader as examine_reader
from app.commands.checkup.finding import Ill
from app.commands.reader_opening import start_reader
from app.commands.settings import BadSettings, ReaderSettings, load_settings
from app.commands.system_clock import SystemClock
from app.ports.card_reader import CardRead, ReaderBack, ReaderEvent
from app.ports.device_fault import FaultReason
from app.storage.messages import text
from devices.sam.demo_cards import demo_card
from devices.sam.line import line_to
from devices.sam.link import SamLink
from devices.sam.simulator import SamSimulator
from devices.vendor_dll.line import LibraryLine
from ui.application import NotOpen

BASE = 'server = "http://127.0.0.1:1"\ntoken_file = "token"\n[printer]\nurl = "tcp://127.0.0.1:2"\n'
PATIENCE_S = 10


@pytest.fixture
def simulator() -> Iterator[SamSimulator]:
    simulator = SamSimulator("127.0.0.1", 0)
    simulator.start()
    yield simulator
    simulator.stop()


def settings_with(folder: Path, lines: str) -> ReaderSettings | None:
    file = folder / "counter.toml"
    file.write_text(BASE + lines, encoding="utf-8")
    return load_settings(file).reader


def test_a_counter_may_have_a_reader_or_none(tmp_path: Path) -> None:
    assert settings_with(tmp_path, "") is None
    assert settings_with(tmp_path, '[reader]\nurl = "COM3"\n') == ReaderSettings("COM3", 115200, newest_address=False)
    own = settings_with(tmp_path, '[reader]\nurl = "/dev/ttyUSB0"\nbaud_rate = 9600\nnewest_address = true\n')
    assert own == ReaderSettings("/dev/ttyUSB0", 9600, newest_address=True)


@pytest.mark.parametrize(
    ("lines", "fault", "place"),
    [
        ("[reader]\n", "settings_missing_key", "reader.url"),
        ('[reader]\nurl = "COM3"\nspeed = 9600\n', "settings_unknown_key", "reader.speed"),
        ('[reader]\nurl = "COM3"\nbaud_rate = 115\n', "settings_wrong_value", "reader.baud_rate: 1200"),
        ('[reader]\nurl = "COM3"\nnewest_address = 1\n', "settings_wrong_value", "reader.newest_address: true"),
        ('reader = "COM3"\n', "settings_unknown_key", "printer.reader"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, lines: str, fault: str, place: str) -> None:
    with pytest.raises(BadSettings) as wrong:
        settings_with(tmp_path, lines)
    assert wrong.value.fault == fault
    assert wrong.value.place.startswith(place)


@pytest.mark.parametrize("url", ["pigeon://coop", "usb://reader", "dll:"])
def test_an_address_that_can_be_none_is_told_at_once(url: str) -> None:
    with pytest.raises(NotOpen) as refused:
        start_reader(ReaderSettings(url), SystemClock(), lambda _: None)
    assert (refused.value.code, refused.value.final) == ("settings_wrong_value", True)
    assert refused.value.place == "reader.url"
    assert "reader.url" in text(refused.value.code, place=refused.value.place)


def test_without_a_reader_nothing_is_started() -> None:
    assert start_reader(None, SystemClock(), lambda _: None) is None


def test_every_kind_of_address_has_its_line() -> None:
    kinds = {"/dev/ttyUSB0": SamLink, "COM3": SamLink, "socket://127.0.0.1:9": SamLink, "usb://0400:c35a": SamLink}
    for url, kind in {**kinds, "dll:sdtapi.dll?port=1001": LibraryLine}.items():
        assert isinstance(line_to(url, SystemClock(), 9600)(lambda: False), kind)


def test_a_serial_line_has_the_speed_of_the_settings() -> None:
    line = line_to("/dev/ttyUSB0", SystemClock(), 9600)(lambda: False)
    assert line._port._serial.baudrate == 9600


def test_the_newest_address_is_read_where_the_settings_want_it(simulator: SamSimulator) -> None:
    told: queue.Queue[ReaderEvent] = queue.Queue()
    simulator.handle({"do": "lay", "person": "P6", "newest_address": "示范县新区2号"})
    settings = ReaderSettings("socket://{}:{}".format(*simulator.address), newest_address=True)
    reader = start_reader(settings, SystemClock(), told.put)
    assert isinstance(told.get(timeout=PATIENCE_S), ReaderBack)
    assert told.get(timeout=PATIENCE_S) == CardRead(replace(demo_card("P6"), address="示范县新区2号"))
    reader.stop()


def test_the_doctor_asks_the_reader_for_its_status(simulator: SamSimulator) -> None:
    settings = ReaderSettings("socket://{}:{}".format(*simulator.address))
    assert examine_reader(settings) == f"{settings.url}，安全模块 05.01-20101129-0001228293-0296863149"
    simulator.handle({"do": "fault", "kind": "status", "command": "status", "sw3": "60"})
    with pytest.raises(Ill) as ill:
        examine_reader(settings)
    assert ill.value.code == FaultReason.SELF_TEST
    with pytest.raises(Ill) as ill:
        examine_reader(ReaderSettings("dll:/no/such/sdtapi.dll"))
    assert ill.value.code == FaultReason.LIBRARY_UNUSABLE
