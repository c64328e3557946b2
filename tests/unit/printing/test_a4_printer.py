"""The A4 role: a queue by ``lp``, a folder, or nothing connected; an address that is neither is refused."""

import os
import re
import stat
from pathlib import Path

import pytest

from app.commands.checkup.a4 import a4 as examine_a4
from app.commands.checkup.finding import Ill, Seen
from app.commands.settings import BadSettings, load_settings
from app.commands.system_clock import SystemClock
from app.ports.originals import A4Fault, A4Reason, HandedOver
from printing.a4_address import parse_address
from printing.a4_printer import FolderPrinter, a4_printer
from printing.a4_queue import LpPrinter

PDF = b"%PDF-1.4 not a person in here"


@pytest.fixture
def lp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tiny ``lp`` on the PATH: keeps its arguments and what it was fed, and ends as the test says."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "lp"
    program.write_text(
        '#!/bin/sh\nprintf "%s\\n" "$@" > "$LP_SEEN/arguments"\ncat > "$LP_SEEN/fed"\n'
        'echo "request id is A4-12 (0 file(s))"\nexit "${LP_STATUS:-0}"\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    monkeypatch.setenv("LP_SEEN", str(tmp_path))
    return program


def fault_of(printer: FolderPrinter) -> A4Fault:
    with pytest.raises(A4Fault) as caught:
        printer.hand_over(PDF, "示食许受〔2026〕0003-0001号", 2)
    return caught.value


def test_a_folder_takes_whole_files_that_only_their_owner_reads(tmp_path: Path) -> None:
    handed = FolderPrinter(tmp_path / "a4").hand_over(PDF, "示食许受〔2026〕0003-0001号/../x", 2)
    file = Path(handed.place)
    assert (file.parent, file.read_bytes(), handed.kept) == (tmp_path / "a4", PDF, False)
    assert file.name == "示食许受〔2026〕0003-0001号_x.pdf"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in file.parent.iterdir()] == [file.name]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "a4").write_text("in the way")
    assert fault_of(FolderPrinter(tmp_path / "a4")).reason is A4Reason.NOT_WRITTEN


def test_without_a_printer_the_pdf_is_kept_in_the_data_directory(tmp_path: Path) -> None:
    handed = a4_printer(None, tmp_path / "originals", tmp_path, SystemClock()).hand_over(PDF, "1", 2)
    assert handed == HandedOver(str(tmp_path / "originals" / "1.pdf"), kept=True)
    assert isinstance(a4_printer("folder:../a4", tmp_path, tmp_path, SystemClock()), FolderPrinter)
    assert isinstance(a4_printer("lp:A4", tmp_path, tmp_path, SystemClock()), LpPrinter)


@pytest.mark.parametrize("url", ["", "A4", "lp:", "lp:-o", "lp:A 4", "lp:a/b", "lp:a#b", "folder:", "tcp://h:9100"])
def test_an_address_that_is_neither_is_refused_with_its_place(tmp_path: Path, url: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(url)}$"):
        parse_address(url)
    content = f'server = "http://h"\ntoken_file = "t"\n[printer]\nurl = "tcp://h"\n[a4]\nurl = "{url}"\n'
    (tmp_path / "counter.toml").write_text(content, encoding="utf-8")
    with pytest.raises(BadSettings) as caught:
        load_settings(tmp_path / "counter.toml")
    assert "a4.url" in caught.value.place


def test_the_settings_name_the_printer(tmp_path: Path) -> None:
    file = tmp_path / "counter.toml"
    content = 'server = "http://h"\ntoken_file = "t"\n[printer]\nurl = "tcp://h"\n'
    file.write_text(content, encoding="utf-8")
    assert load_settings(file).a4_url is None
    file.write_text(f'{content}[a4]\nurl = "lp:A4"\n', encoding="utf-8")
    assert load_settings(file).a4_url == "lp:A4"
    file.write_text(f'{content}[a4]\nqueue = "A4"\n', encoding="utf-8")
    with pytest.raises(BadSettings, match=r"a4\.queue"):
        load_settings(file)


def test_the_doctor_says_what_is_the_matter_with_the_a4_role(
    lp: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert examine_a4("folder:a4/today", tmp_path) == "folder:a4/today"
    lpstat = lp.with_name("lpstat")
    lpstat.write_text('#!/bin/sh\necho "printer $2 is idle.  enabled since today"\n')
    lpstat.chmod(0o755)
    assert examine_a4("lp:A4", tmp_path) == Seen("lp:A4")
    lpstat.write_text('#!/bin/sh\necho "printer $2 disabled since today -"\n')
    assert examine_a4("lp:A4", tmp_path) == Seen("lp:A4", "a4_disabled")
    lpstat.write_text("#!/bin/sh\nexit 1\n")
    with pytest.raises(Ill, match="a4_no_queue"):
        examine_a4("lp:A4", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "a4").write_text("in the way")
    for url, reason in (("lp:A4", A4Reason.NO_PROGRAM), ("folder:a4/today", A4Reason.NOT_WRITTEN)):
        with pytest.raises(Ill) as caught:
            examine_a4(url, tmp_path)
        assert caught.value.code == reason
