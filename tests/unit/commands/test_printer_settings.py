"""The slip printer in counter.toml: every way, both paper widths, the second printer; what is wrong names its line."""

from pathlib import Path

import pytest

from app.commands.settings import BadSettings, PrinterSettings, load_settings
from app.commands.slip_encoding import profile_of
from printing.profile import PrinterProfile

BASE = 'server = "http://127.0.0.1:1"\ntoken_file = "token"\n'


def printer_with(folder: Path, lines: str) -> PrinterSettings:
    file = folder / "counter.toml"
    file.write_text(BASE + lines, encoding="utf-8")
    return load_settings(file).printer


def test_a_printer_of_58_mm_and_what_its_firmware_calls_its_characters(tmp_path: Path) -> None:
    lines = '[printer]\nurl = "serial://COM3?baud=9600"\ncharset = "cp936"\ncolumns = 32\ncut = "none"\nshared = true\n'
    settings = printer_with(tmp_path, lines)
    assert settings == PrinterSettings("serial://COM3?baud=9600", "gbk", 32, "none", shared=True)
    assert profile_of(settings) == PrinterProfile("gbk", 32, 384, "none")
    assert profile_of(settings).paper_mm == 58


def test_a_second_printer_has_a_name_and_settings_of_its_own(tmp_path: Path) -> None:
    lines = '[printer]\nurl = "tcp://p1"\n[printer.other]\nname = "A04 窗口"\nurl = "cups:SLIP"\ncharset = "gb18030"\n'
    settings = printer_with(tmp_path, lines)
    assert settings.other == PrinterSettings("cups:SLIP", "gb18030", 48, name="A04 窗口")
    assert profile_of(settings).paper_mm == 80


@pytest.mark.parametrize(
    ("lines", "fault", "place"),
    [
        ('[printer]\nurl = "lpt1"\n', "settings_wrong_value", "printer.url: tcp://HOST:9100"),
        ('[printer]\nurl = "serial://COM3?baud=1"\n', "settings_wrong_value", "printer.url: baud: 9600"),
        ('[printer]\nurl = "tcp://p"\ncut = "half"\n', "settings_wrong_value", "printer.cut: partial, full, none"),
        ('[printer]\nurl = "tcp://p"\nshared = 1\n', "settings_wrong_value", "printer.shared: true, false"),
        ('[printer]\nurl = "tcp://p"\nname = "x"\n', "settings_unknown_key", "printer.name"),
        ('[printer]\nurl = "tcp://p"\nother = "A04"\n', "settings_missing_key", "[other]"),
        (
            '[printer]\nurl = "tcp://p"\n[printer.other]\nurl = "tcp://q"\n',
            "settings_missing_key",
            "printer.other.name",
        ),
        (
            '[printer]\nurl = "tcp://p"\n[printer.other]\nname = "A04"\nurl = "q"\n',
            "settings_wrong_value",
            "printer.other.url: tcp://HOST:9100",
        ),
        (
            '[printer]\nurl = "tcp://p"\n[printer.other]\nname = "很长很长很长很长很长的名字"\nurl = "tcp://q"\n',
            "settings_wrong_value",
            "printer.other.name: 1…10",
        ),
    ],
)
def test_what_is_wrong_is_one_clear_line(tmp_path: Path, lines: str, fault: str, place: str) -> None:
    with pytest.raises(BadSettings) as caught:
        printer_with(tmp_path, lines)
    assert caught.value.fault == fault
    assert place in caught.value.place


def test_a_wrong_address_names_its_line(tmp_path: Path) -> None:
    with pytest.raises(BadSettings) as caught:
        printer_with(tmp_path, '\n[printer]\nurl = "tcp://p:0"\n')
    assert "5" in caught.value.place
