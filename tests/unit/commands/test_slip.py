"""``chuangkou slip``."""

import argparse
import json
from pathlib import Path

import pytest

from app.commands import slip

FIELDS = {
    "hall": "示范县政务服务中心",
    "window": "A05",
    "biz": "营业执照打印",
    "reason": "打印机检修",
    "from_t": "11月23日09:05",
    "to_t": "11月23日10:30",
    "alt": "A03、A04窗口",
    "queued": "原号有效",
    "hall_tel": "0000-8000000",
    "lead": "0301号",
    "now": "2026-11-23 09:36",
}


def run(*words: str | Path) -> int:
    parser = argparse.ArgumentParser()
    slip.register(parser.add_subparsers())
    args = parser.parse_args(["slip", *map(str, words)])
    return int(args.run(args))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    file = tmp_path / "fields.json"
    file.write_text(json.dumps(FIELDS), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("suffix", "start"),
    [(".txt", b" "), (".png", b"\x89PNG"), (".bin", b"\x1b@"), (".pdf", b"%PDF-")],
)
def test_a_slip_is_written_in_the_form_its_file_name_asks_for(
    data: Path, tmp_path: Path, suffix: str, start: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / f"slip{suffix}"
    assert run("SL-17", "--data", data, "--out", out) == 0
    assert out.read_bytes().startswith(start)
    assert json.loads(capsys.readouterr().out) == {"slip": "SL-17", "out": str(out)}


def test_columns_and_reprint_reach_the_paper(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "slip.txt"
    assert run("SL-17", "--data", data, "--out", out, "--columns", "32", "--reprint", "1") == 0
    lines = out.read_text(encoding="utf-8").splitlines()
    assert lines[0] == " " * 26 + "补打 1"
    assert lines[3] == "=" * 32


@pytest.mark.parametrize(
    ("content", "code", "word"),
    [
        (json.dumps({key: FIELDS[key] for key in FIELDS if key != "reason"}), "paper_missing_field", "reason"),
        (json.dumps(FIELDS | {"colour": "red"}), "paper_unknown_field", "colour"),
        (json.dumps(FIELDS | {"reason": ["a"]}), "paper_wrong_type", "reason"),
        ("[]", "slip_data_unreadable", "fields.json"),
        ("{", "slip_data_unreadable", "fields.json"),
        (" " * 1_000_001, "slip_data_unreadable", "fields.json"),
    ],
)
def test_what_cannot_be_printed_is_refused_in_one_line(
    data: Path, content: str, code: str, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    data.write_text(content, encoding="utf-8")
    out = data.with_name("slip.txt")
    assert run("SL-17", "--data", data, "--out", out) == 3
    answer = json.loads(capsys.readouterr().out)
    assert answer["error"] == code
    assert word in answer["message"]
    assert not out.exists()


def test_an_output_that_cannot_be_written_is_refused(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("SL-17", "--data", data, "--out", tmp_path / "nowhere" / "slip.txt") == 3
    assert json.loads(capsys.readouterr().out)["error"] == "slip_not_written"


@pytest.mark.parametrize(
    "words",
    [
        ("SL-19", "--data", "a.json", "--out", "a.txt"),
        ("SL-17", "--data", "a.json", "--out", "a.doc"),
        ("SL-17", "--data", "a.json", "--out", "a.txt", "--reprint", "-1"),
        ("SL-17", "--data", "a.json", "--out", "a.txt", "--columns", "40"),
        ("SL-17", "--data", "a.json"),
    ],
)
def test_wrong_usage_is_told_apart_from_a_refusal(words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as caught:
        run(*words)
    assert caught.value.code == 2
