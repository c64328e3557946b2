"""Changing counter.toml as a person would: comments stay, the old file is kept, nothing is half written."""

import os
import stat
from pathlib import Path

import pytest

from app.commands.display_drafts import OWN, frame_shown, kept_frame, line_of_call
from app.commands.settings import load_settings
from app.commands.settings_opening import SettingsOpening
from app.commands.settings_writing import replace_file, with_value, without_table
from app.commands.site_names import FILE, USUAL, keep_site_names, site_names
from app.commands.system_clock import SystemClock
from devices.display.template import load_template

CONTENT = """# 第一行
server = "http://h"  # 服务器
token_file = "token"

[printer]
url = "tcp://h"     # 柜台下面

[display]
url = "COM4"        # 门楣上
template = "four-byte"
bus_lock = "bus.lock"
"""


def opening(folder: Path, content: str = CONTENT) -> SettingsOpening:
    (folder / "counter.toml").write_text(content, encoding="utf-8")
    opened = SettingsOpening(folder, SystemClock(), "秦某")
    assert opened.open().content == content
    return opened


def test_one_value_is_changed_and_every_other_line_stays(tmp_path: Path) -> None:
    opened = opening(tmp_path)
    assert opened.change(CONTENT, "printer", "url", " COM3 ") == CONTENT.replace('"tcp://h"', '"COM3"')
    assert opened.change(CONTENT, "display", "address", "5") == f"{CONTENT}address = 5\n"
    made = opened.change(CONTENT, "reader", "newest_address", "true")
    assert made == f"{CONTENT}\n[reader]\nnewest_address = true\n"
    assert opened.change(made, "reader", "url", "") == CONTENT + "\n", "without an address there is no device"
    assert opened.change(CONTENT, "display", "bus_lock", "") == CONTENT.replace('bus_lock = "bus.lock"\n', "")
    assert opened.change("a = ", "printer", "url", "x") == "a = ", "what is no TOML is left as it is"
    assert opened.value(CONTENT, "display", "template") == "four-byte"
    assert opened.value(made, "reader", "newest_address") == "true"
    assert opened.value("a = ", "reader", "url") == ""


def test_wrong_settings_are_told_with_their_line_and_not_written(tmp_path: Path) -> None:
    opened = opening(tmp_path)
    wrong = opened.change(CONTENT, "display", "address", "300")
    assert "display.address: 0…255（第 12 行）" in opened.check(wrong)
    assert opened.save(wrong) == (False, opened.check(wrong))
    assert (tmp_path / "counter.toml").read_text(encoding="utf-8") == CONTENT
    right = opened.change(CONTENT, "display", "address", "30")
    written, said = opened.save(right)
    assert (written, "counter.toml.bak" in said) == (True, True)
    assert load_settings(tmp_path / "counter.toml").display.address == 30  # type: ignore[union-attr]
    assert (tmp_path / "counter.toml.bak").read_text(encoding="utf-8") == CONTENT


def test_what_somebody_else_wrote_meanwhile_is_not_lost(tmp_path: Path) -> None:
    opened, theirs = opening(tmp_path), CONTENT.replace("COM4", "COM9")
    (tmp_path / "counter.toml").write_text(theirs, encoding="utf-8")
    written, said = opened.save(opened.change(CONTENT, "display", "address", "30"))
    assert (written, "被别人改过" in said) == (False, True)
    assert (tmp_path / "counter.toml").read_text(encoding="utf-8") == theirs


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "counter.toml"
    assert replace_file(file, "a = 1\n") is None
    file.chmod(0o640)
    assert replace_file(file, "a = 2\n") == tmp_path / "counter.toml.bak"
    assert (file.read_text(), stat.S_IMODE(file.stat().st_mode)) == ("a = 2\n", 0o640)

    def full(_: int) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        replace_file(file, "a = 3\n")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["counter.toml", "counter.toml.bak"]
    assert file.read_text() == "a = 2\n"
    assert opening(tmp_path, CONTENT).save(CONTENT)[0] is False


def test_the_names_of_a_site_are_kept_in_one_line(tmp_path: Path) -> None:
    assert site_names(tmp_path) == USUAL
    keep_site_names(tmp_path, " 䶮 \n 𰻞 ")
    assert site_names(tmp_path) == "䶮 𰻞"
    (tmp_path / FILE).write_bytes(b"\xff")
    assert site_names(tmp_path) == USUAL


def test_a_table_that_is_something_else_is_refused() -> None:
    with pytest.raises(ValueError, match="no table"):
        with_value('reader = "COM3"\n', "reader", "url", "COM3")
    assert without_table("[reader]\nurl = 'x'\n[a4]\nurl = 'y'\n", "reader") == "[a4]\nurl = 'y'\n"


def test_a_frame_of_ones_own_keeps_the_rest_of_its_template(tmp_path: Path) -> None:
    line = line_of_call(tmp_path, "seven-byte")
    assert frame_shown(tmp_path, "seven-byte", line, 9).hex == "3A 09 17 00 01 5B 0A"
    assert kept_frame(tmp_path, "seven-byte", "3A {addr u8} {ticket u16le} {colour u8} 00 0A") == OWN
    template = load_template(tmp_path / OWN)
    assert template.values == {"colour": 1}
    assert frame_shown(tmp_path, OWN, line_of_call(tmp_path, OWN), 9).hex == "3A 09 17 00 01 00 0A"


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ("3A zz", 4, "第 4 列 zz"),
        ("{addr u8} {colour u8}", 11, "第 11 列 {colour u8}"),
        ("<a {addr u8}", 2, "第 2 列 a"),
        ("{ticket ascii width=2}", 0, "ticket"),
        ("", 0, "空的：整行"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_column(tmp_path: Path, line: str, column: int, words: str) -> None:
    shown = frame_shown(tmp_path, "four-byte", line, 0)
    assert (shown.hex, shown.column, words in shown.error) == ("", column, True), shown.error


def test_a_table_within_a_table_is_made_changed_and_taken_out() -> None:
    fresh = with_value(CONTENT, "printer.other", "url", "tcp://k")
    assert '[printer.other]\nurl = "tcp://k"\n' in fresh
    assert fresh.index("[printer.other]") < fresh.index("[display]")
    named = with_value(fresh, "printer.other", "name", "B02")
    assert 'name = "B02"' in named
    assert without_table(named, "printer.other").replace("\n", "") == CONTENT.replace("\n", "")
    with pytest.raises(ValueError, match="no table"):
        with_value('printer = "x"\n', "printer.other", "url", "tcp://k")


def test_a_scanner_is_there_while_it_has_an_address_or_types(tmp_path: Path) -> None:
    opened = opening(tmp_path)
    typing = opened.change(CONTENT, "scanner", "wedge", "true")
    assert opened.check(typing) == ""
    assert opened.pace(typing) is not None
    line = opened.change(typing, "scanner", "url", "COM5")
    assert opened.change(line, "scanner", "url", "") == typing
    assert opened.pace(opened.change(line, "scanner", "wedge", "false")) is None
    assert "[scanner]" not in opened.change(typing, "scanner", "wedge", "")


def test_camera_and_second_printer_are_checked_as_the_counter_reads_them(tmp_path: Path) -> None:
    opened = opening(tmp_path)
    camera = opened.change(CONTENT, "camera", "folder", "scans")
    assert (opened.check(camera), opened.value(camera, "camera", "folder")) == ("", "scans")
    assert "[camera]" not in opened.change(camera, "camera", "folder", "")
    second = opened.change(CONTENT, "printer.other", "url", "tcp://k")
    assert "printer.other.name" in opened.check(second)
    second = opened.change(second, "printer.other", "name", "B02")
    assert (opened.check(second), opened.value(second, "printer.other", "name")) == ("", "B02")
    assert "[printer.other]" not in opened.change(second, "printer.other", "url", "")
