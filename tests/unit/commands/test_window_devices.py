"""Window display and evaluator in counter.toml: absent is no fault, wrong is one clear line, right is driven."""

import queue
import threading
from pathlib import Path
from typing import Any

import pytest

from app.commands.checkup.devices import display as examine_display
from app.commands.checkup.devices import evaluator as examine_evaluator
from app.commands.checkup.finding import Ill
from app.commands.outside_settings import DisplaySettings, EvaluatorSettings
from app.commands.settings import BadSettings, CounterSettings, load_settings
from app.commands.system_clock import SystemClock
from app.commands.window_devices import OutsideDevices, Place
from app.domain.rating import Grade
from app.ports.evaluator import EvaluatorBack, GradePressed
from app.ports.window_display import DisplayBack, Kind, Showing
from app.storage.messages import sentence
from devices.display.sink import DisplaySink
from devices.evaluator.simulator import KeypadSimulator
from devices.evaluator.template import FOLDER, load_keypad
from ui.application import NotOpen

BASE = 'server = "http://127.0.0.1:1"\ntoken_file = "token"\n[printer]\nurl = "tcp://127.0.0.1:2"\n'
DISPLAY = '[display]\nurl = "COM4"\ntemplate = "four-byte"\n'
PATIENCE_S = 10


def settings_with(folder: Path, lines: str) -> CounterSettings:
    file = folder / "counter.toml"
    file.write_text(BASE + lines, encoding="utf-8")
    return load_settings(file)


def test_a_counter_may_have_neither_or_both(tmp_path: Path) -> None:
    none = settings_with(tmp_path, "")
    assert (none.display, none.evaluator) == (None, None)
    more = 'address = 5\nbaud_rate = 19200\nturnaround_ms = 50\nbus_lock = "bus.lock"\n[evaluator]\nscreen = 2\n'
    both = settings_with(tmp_path, DISPLAY + more)
    assert both.display == DisplaySettings("COM4", "four-byte", 19200, 5, 50, tmp_path / "bus.lock")
    assert both.evaluator == EvaluatorSettings(None, "five-keys", screen=2)
    (tmp_path / "own.toml").touch()
    keypad = settings_with(tmp_path, '[evaluator]\nurl = "COM5"\ntemplate = "own.toml"\nseconds = 30\n').evaluator
    assert keypad == EvaluatorSettings("COM5", "own.toml", seconds=30)


@pytest.mark.parametrize(
    ("lines", "fault", "place"),
    [
        ('[display]\nurl = "COM4"\n', "settings_missing_key", "display.template"),
        (DISPLAY + "address = 256\n", "settings_wrong_value", "display.address: 0…255"),
        (DISPLAY + "address = true\n", "settings_wrong_value", "display.address: 0…255"),
        (DISPLAY + "baud_rate = 1\n", "settings_wrong_value", "display.baud_rate: 1200"),
        (DISPLAY + "turnaround_ms = 5000\n", "settings_wrong_value", "display.turnaround_ms: 0…1000"),
        (DISPLAY + "speed = 1\n", "settings_unknown_key", "display.speed"),
        ("[evaluator]\n", "settings_missing_key", "evaluator.url"),
        ("[evaluator]\nscreen = 1\n", "settings_wrong_value", "evaluator.screen: 2…8"),
        ("[evaluator]\nscreen = 2\nseconds = 1\n", "settings_wrong_value", "evaluator.seconds: 5…120"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, lines: str, fault: str, place: str) -> None:
    with pytest.raises(BadSettings) as wrong:
        settings_with(tmp_path, lines)
    assert (wrong.value.fault, wrong.value.place.startswith(place)) == (fault, True), wrong.value.place


def opened(folder: Path, lines: str, said: queue.Queue[Any]) -> OutsideDevices:
    place = Place("A03", folder, SystemClock())
    return OutsideDevices(settings_with(folder, lines), place, said.put, said.put)


@pytest.mark.parametrize(
    ("lines", "code", "place"),
    [
        ('[display]\nurl = "COM4"\ntemplate = "own.toml"\n', "template_bad_hex", "own.toml 第 2 行 call 第 1 段 zz"),
        ('[evaluator]\nurl = "COM4"\ntemplate = "own.toml"\n', "template_unknown_key", "own.toml 第 2 行 call"),
    ],
)
def test_what_cannot_be_used_is_told_at_once_and_leaves_no_thread(
    tmp_path: Path, lines: str, code: str, place: str
) -> None:
    (tmp_path / "own.toml").write_text("[frames]\ncall = 'zz'\n", "utf-8")
    before = set(threading.enumerate())
    with pytest.raises(NotOpen) as refused:
        opened(tmp_path, lines, queue.Queue())
    assert (refused.value.code, refused.value.final, place in refused.value.place) == (code, True, True)
    assert refused.value.place in sentence(code, place=refused.value.place)
    assert set(threading.enumerate()) == before


def test_both_are_driven_until_they_are_stopped(tmp_path: Path) -> None:
    sink, keypad = DisplaySink("127.0.0.1", 0), KeypadSimulator("127.0.0.1", 0, load_keypad(FOLDER / "five-keys.toml"))
    before = set(threading.enumerate())
    sink.start()
    keypad.start()
    lines = (
        '[display]\nurl = "socket://{}:{}"\ntemplate = "seven-byte"\naddress = 9\n'
        '[evaluator]\nurl = "socket://{}:{}"\nscreen = 2\n'
    ).format(*sink.address, *keypad.address)
    said: queue.Queue[Any] = queue.Queue()
    devices = opened(tmp_path, lines, said)
    try:
        heard = {type(said.get(timeout=PATIENCE_S)) for _ in range(2)}
        assert heard == {DisplayBack, EvaluatorBack}
        devices.show(Showing(Kind.CALL, "A023"))
        while sink.handle({"do": "state"})["shown"] != {"9": 23}:
            threading.Event().wait(0.002)
        while keypad.handle({"do": "state"})["listeners"] == 0:
            threading.Event().wait(0.002)
        keypad.handle({"do": "press", "grade": 4})
        assert said.get(timeout=PATIENCE_S) == GradePressed(Grade.SATISFIED)
        assert devices.rating is not None
        assert (devices.rating.screen, devices.rating.ask_ms) == (2, 15_000)
        seen = examine_display(settings_with(tmp_path, lines).display, tmp_path)  # type: ignore[arg-type]
        assert (seen.startswith("socket://"), seen.endswith("3A 09 17 00 01 5B 0A")) == (True, True)
        assert examine_evaluator(settings_with(tmp_path, lines).evaluator, tmp_path).startswith("socket://")  # type: ignore[arg-type]
    finally:
        devices.stop()
        sink.stop()
        keypad.stop()
    assert set(threading.enumerate()) <= before


def test_the_doctor_names_a_wrong_template_and_a_missing_port(tmp_path: Path) -> None:
    (tmp_path / "narrow.toml").write_text("[frames]\ncall = '{ticket ascii width=2}'\n", "utf-8")
    for settings, code in (
        (DisplaySettings("/dev/no-such", "four-byte"), "device_port_absent"),
        (DisplaySettings("/dev/no-such", "no-such"), "template_unreadable"),
        (DisplaySettings("/dev/no-such", "narrow.toml"), "display_value_unfit"),
    ):
        with pytest.raises(Ill) as ill:
            examine_display(settings, tmp_path)
        assert ill.value.code == code
    with pytest.raises(Ill) as ill:
        examine_evaluator(EvaluatorSettings("COM4", "no-such"), tmp_path)
    assert ill.value.code == "template_unreadable"
    assert examine_evaluator(EvaluatorSettings(None, "five-keys", screen=2), tmp_path) == "第 2 块屏幕"
