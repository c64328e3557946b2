"""What scans at a counter, in counter.toml: each may be absent, and a wrong line is told with its place."""

import queue
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from app.commands.scan_devices import ScanDevices
from app.commands.settings import BadSettings, CounterSettings, load_settings
from app.commands.system_clock import SystemClock
from app.domain.wedge import Pace
from app.ports.camera import CameraBack, CameraLost
from app.ports.tone import Tone
from ui.screens.counter.bridge import Bridge

BASE = 'server = "http://127.0.0.1:1"\ntoken_file = "token"\n'
PRINTER = '[printer]\nurl = "tcp://127.0.0.1:2"\n'
PATIENCE_S = 10


def settings_with(folder: Path, tables: str, keys: str = "") -> CounterSettings:
    file = folder / "counter.toml"
    file.write_text(BASE + keys + PRINTER + tables, encoding="utf-8")
    settings = load_settings(file)
    assert isinstance(settings, CounterSettings)
    return settings


def test_a_counter_without_any_of_them_is_as_good(tmp_path: Path) -> None:
    settings = settings_with(tmp_path, "")
    assert (settings.scanner, settings.wedge, settings.camera, settings.tokens) == (None, None, None, ())
    assert settings.sound, "design.md section 11: on by default"


def test_a_scanner_may_type_or_be_on_a_line_or_both(tmp_path: Path) -> None:
    typing = settings_with(tmp_path, "[scanner]\nwedge = true\n")
    assert (typing.scanner, typing.wedge) == (None, Pace())
    both = settings_with(tmp_path, '[scanner]\nurl = "COM4"\nwedge = true\nhold_ms = 40\nidle_ms = 100\n')
    assert both.scanner is not None
    assert both.wedge == Pace(hold_ms=40, idle_ms=100)
    assert settings_with(tmp_path, '[scanner]\nurl = "COM4"\nwedge = false\n').wedge is None


def test_camera_tokens_and_sound(tmp_path: Path) -> None:
    lines = "[camera]\nfolder = 'scans'\n[[token]]\nform = 'eid_[0-9]+'\nprogram = ['/opt/eid', '--json']\n"
    settings = settings_with(tmp_path, lines, "sound = false\n")
    assert (settings.camera, settings.sound) == (tmp_path / "scans", False)
    (token,) = settings.tokens
    assert (token.form.pattern, token.program) == ("eid_[0-9]+", ("/opt/eid", "--json"))


@pytest.mark.parametrize(
    ("tables", "fault", "place"),
    [
        ("[scanner]\nwedge = 1\n", "settings_wrong_value", "scanner.wedge: true, false"),
        ("[scanner]\nwedge = false\n", "settings_missing_key", "scanner.url"),
        ("[scanner]\nwedge = true\nidle_ms = 10\n", "settings_wrong_value", "scanner.idle_ms: 60…300"),
        ("[scanner]\nwedge = true\nshortest = 2\n", "settings_wrong_value", "scanner.shortest: 4…32"),
        ("[scanner]\nwedge = true\nfast = 2\n", "settings_unknown_key", "scanner.fast"),
        ("[camera]\n", "settings_missing_key", "camera.folder"),
        ("[camera]\nfolder = 3\n", "settings_wrong_value", "camera.folder"),
        ("[camera]\nfolder = 'a'\npoll = 3\n", "settings_unknown_key", "camera.poll"),
        ("[token]\nform = 'a'\nprogram = ['b']\n", "settings_wrong_value", "token: "),
        ("[[token]]\nform = '('\nprogram = ['b']\n", "settings_wrong_value", "token: "),
        ("[[token]]\nform = 'a'\nprogram = 'b'\n", "settings_wrong_value", "token: "),
        ("[[token]]\nform = 'a'\nprogram = []\n", "settings_wrong_value", "token: "),
        ("[[token]]\nform = 'a'\nprogram = [1]\n", "settings_wrong_value", "token: "),
        ("[[token]]\nform = 'a'\n", "settings_wrong_value", "token: "),
    ],
)
def test_a_wrong_line_is_told_with_its_place(tmp_path: Path, tables: str, fault: str, place: str) -> None:
    with pytest.raises(BadSettings) as caught:
        settings_with(tmp_path, tables)
    assert caught.value.fault == fault
    assert place in caught.value.place


def test_sound_is_yes_or_no(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="sound: true, false"):
        settings_with(tmp_path, "", "sound = 30\n")


def test_what_the_settings_name_is_listened_to(tmp_path: Path) -> None:
    settings = settings_with(tmp_path, "[scanner]\nwedge = true\n[camera]\nfolder = 'scans'\n", "sound = false\n")
    bridge, heard, paces = Bridge(), queue.Queue[Any](), list[Pace]()
    bridge.camera.connect(heard.put, Qt.ConnectionType.DirectConnection)
    bridge.wedge.connect(lambda pace, _clock: paces.append(pace))
    devices = ScanDevices(settings, SystemClock(), bridge)
    try:
        assert paces == [Pace()]
        assert heard.get(timeout=PATIENCE_S) == CameraLost()
        (tmp_path / "scans").mkdir()
        assert heard.get(timeout=PATIENCE_S) == CameraBack()
        devices.play(Tone.READ)
    finally:
        devices.stop()
