"""Every wrong value in counter.toml: which line, which key, and what may stand there."""

from pathlib import Path

import pytest

from app.commands.floor_settings import floor_settings
from app.commands.settings import CHARSETS, CUTS, BadSettings, load_settings
from app.commands.token_settings import EXAMPLE_TABLE
from app.storage.messages import sentence
from printing.address import EXAMPLES

BASE = 'server = "http://127.0.0.1:1"\ntoken_file = "token"\n[printer]\nurl = "tcp://127.0.0.1:2"\n'
"""Four lines that are right."""
SERIAL = "/dev/ttyUSB0, COM3, socket://HOST:PORT"


def refused(folder: Path, content: str | bytes) -> BadSettings:
    file = folder / "counter.toml"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(BadSettings) as wrong:
        load_settings(file)
    assert wrong.value.place in sentence(wrong.value.fault, place=wrong.value.place)
    return wrong.value


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        ("columns = 40\n", "printer.columns: 32, 48（第 5 行）"),
        ('charset = "big5"\n', f"printer.charset: {', '.join(CHARSETS)}（第 5 行）"),
        (
            '[reader]\nurl = "pigeon://coop"\n',
            f"reader.url: {SERIAL}, usb://0400:c35a, dll:sdtapi.dll?port=1001（第 6 行）",
        ),
        ('[reader]\n# 新的\n\nurl = "usb://reader"\n', "（第 8 行）"),
        ('[reader]\nurl = "dll:"\n', "（第 6 行）"),
        ('[reader]\nurl = "C:\\reader"\n', "（第 6 行）"),
        ('[reader]\nurl = "COM3"\nnewest_address = 1\n', "reader.newest_address: true, false（第 7 行）"),
        ('[scanner]\nurl = """\\\n  COM4"""\nbaud_rate = 1\n', "115200（第 8 行）"),
        ('[scanner]\nurl = "socket://10.0.0.7"\n', f"scanner.url: {SERIAL}（第 6 行）"),
        ('[scanner]\nurl = "socket://h:77777"\n', f"scanner.url: {SERIAL}（第 6 行）"),
        ("[scanner]\nwedge = 1\n", "scanner.wedge: true, false（第 6 行）"),
        ("[scanner]\nwedge = true\n\ngap_ms = 500\n", "scanner.gap_ms: 5…50（第 8 行）"),
        ("[camera]\nfolder = 5\n", 'camera.folder: "…"（第 6 行）'),
        ('[[token]]\nform = "("\nprogram = ["x"]\n', f"token: {EXAMPLE_TABLE}（第 5 行）"),
        ('[printer.other]\nname = "A02"\nurl = "pigeon://x"\n', f"printer.other.url: {EXAMPLES}（第 7 行）"),
        ("[scanner]\nurl = 7\n", 'scanner.url: "…"（第 6 行）'),
        ('[a4]\nurl = "fax:7"\n', "a4.url: lp:QUEUE, folder:DIR（第 6 行）"),
        (
            '[display]\nurl = "mail:x"\ntemplate = "no-such"\n',
            "display.template: four-byte, seven-byte, text-line（第 7 行）",
        ),
        ('[display]\nurl = "x://y"\ntemplate = "four-byte"\n', f"display.url: {SERIAL}（第 6 行）"),
        ('[display]\ntemplate = "four-byte"\nurl = "COM4"\naddress = 256\n', "display.address: 0…255（第 8 行）"),
        ("[evaluator]\nscreen = 2\nseconds = 1\n", "evaluator.seconds: 5…120（第 7 行）"),
        ('[evaluator]\nurl = "COM5"\ntemplate = 5\n', "evaluator.template: five-keys, framed（第 7 行）"),
    ],
)
def test_a_wrong_value_has_its_line_and_what_is_allowed(tmp_path: Path, lines: str, place: str) -> None:
    error = refused(tmp_path, BASE + lines)
    assert (error.fault, error.place.endswith(place)) == ("settings_wrong_value", True), error.place


@pytest.mark.parametrize(
    ("content", "fault", "place"),
    [
        (BASE + "[scanner]\nbaud_rate = 9600\n", "settings_missing_key", "scanner.url（第 5 行）"),
        (BASE + 'reader = "COM3"\n', "settings_unknown_key", "printer.reader（第 5 行）"),
        ("cover_after_s = -1\n" + BASE, "settings_wrong_value", "cover_after_s: 0…3600（第 1 行）"),
        ('key_store = "cloud"\n' + BASE, "settings_wrong_value", "key_store: keyring, file（第 1 行）"),
        (BASE.replace("tcp:", "pigeon:"), "settings_wrong_value", f"printer.url: {EXAMPLES}（第 4 行）"),
        (BASE.replace("http:", "gopher:"), "settings_wrong_value", "server: http://HOST:PORT（第 1 行）"),
        ('token_file = "token"\n', "settings_missing_key", "server"),
        ('server = "http://h"\ndevice = "A03"\n', "settings_missing_key", "[printer]"),
    ],
)
def test_a_key_that_is_missing_or_unknown_is_named(tmp_path: Path, content: str, fault: str, place: str) -> None:
    error = refused(tmp_path, content)
    assert (error.fault, error.place) == (fault, place)


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (BASE + '[reader]\nurl = "COM3\n', "第 6 行第 12 列，引号没有成对"),
        (BASE + "[reader\n", "第 5 行第 8 列，方括号没有成对"),
        (BASE + "[reader]\nurl COM3\n", "第 6 行第 5 列，名字后面缺等号"),
        (BASE + "[reader]\nurl = COM3\n", "第 6 行第 7 列，等号后面的值写法不对，文字要加引号"),
        (BASE + '[reader]\nurl = "a" b\n', "第 6 行第 11 列，这一行后面多出了内容"),
        (BASE + "[printer]\n", "第 5 行第 9 列，同一项写了两次"),
        (BASE + '[reader]\nurl = "C:\\port"\n', "第 6 行第 12 列，反斜杠要写两个，或者改用单引号"),
        (BASE + "columns = ", "第 5 行，等号后面的值写法不对，文字要加引号"),
        ((BASE + "# 窗口").encode("gb18030"), "第 5 行，不是 UTF-8 编码，请另存为 UTF-8"),
    ],
)
def test_what_is_no_toml_has_its_line(tmp_path: Path, content: str | bytes, place: str) -> None:
    error = refused(tmp_path, content)
    assert (error.fault, error.place) == ("settings_not_toml", place)


def test_the_settings_of_a_desk_name_their_line_too(tmp_path: Path) -> None:
    file = tmp_path / "counter.toml"
    file.write_text(
        'place = "guide"\nserver = "http://h"\nhall = "9901"\ntoken_file = "t"\n'
        '[printer]\nurl = "tcp://h"\ncut = "saw"\n'
    )
    with pytest.raises(BadSettings) as wrong:
        floor_settings(file)
    assert wrong.value.place == f"printer.cut: {', '.join(CUTS)}（第 7 行）"
