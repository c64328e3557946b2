import argparse
import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.commands import due
from app.domain.deadline import LimitFault
from app.storage import messages


def call(*arguments: str) -> int:
    parser = argparse.ArgumentParser(prog="chuangkou")
    due.register(parser.add_subparsers(required=True))
    args = parser.parse_args(["due", *arguments])
    status: int = args.run(args)
    return status


def answer(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    (line,) = capsys.readouterr().out.splitlines()
    parsed: dict[str, object] = json.loads(line)
    return parsed


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--from", "2026-09-24", "--days", "10", "--unit", "WD"], {"due": "2026-10-15", "provisional": False}),
        (["--from", "2026-09-21", "--days", "15", "--unit", "CD"], {"due": "2026-10-08", "provisional": False}),
        (["--from", "2026-12-28", "--days", "5", "--unit", "WD"], {"due": "2027-01-05", "provisional": True}),
    ],
)
def test_it_prints_the_due_date_as_one_json_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], expected: dict[str, object]
) -> None:
    assert call(*arguments) == 0
    assert answer(capsys) == expected


def test_several_suspensions_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    pauses = ["--suspend", "2026-11-09..2026-11-16", "--suspend", "2026-11-12..2026-11-20"]
    assert call("--from", "2026-11-02", "--days", "20", "--unit", "WD", *pauses) == 0
    assert answer(capsys) == {"due": "2026-12-14", "provisional": False}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--from", "2026-11-02", "--days", "0", "--unit", "WD"], "limit_not_positive"),
        (["--from", "2026-11-02", "--days", "-3", "--unit", "CD"], "limit_not_positive"),
        (["--from", "2026-11-02", "--days", "99999", "--unit", "WD"], "limit_too_long"),
        (["--from", "0001-01-01", "--days", "5", "--unit", "WD"], "date_out_of_range"),
        (
            ["--from", "2026-11-02", "--days", "5", "--unit", "WD", "--suspend", "2026-11-20..2026-11-09"],
            "suspension_reversed",
        ),
    ],
)
def test_nonsense_is_refused_in_chinese(capsys: pytest.CaptureFixture[str], arguments: list[str], code: str) -> None:
    assert call(*arguments) == 3
    refusal = answer(capsys)
    assert refusal["error"] == code
    assert str(refusal["message"]).endswith("。")
    assert "{" not in str(refusal["message"])


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--from", "20261102", "--days", "5", "--unit", "WD"],
        ["--from", "2026-02-30", "--days", "5", "--unit", "WD"],
        ["--from", "2026-11-02", "--days", "five", "--unit", "WD"],
        ["--from", "2026-11-02", "--days", "5", "--unit", "H"],
        ["--from", "2026-11-02", "--days", "5", "--unit", "WD", "--suspend", "2026-11-09"],
        ["--from", "2026-11-02", "--days", "5", "--unit", "WD", "--suspend", "2026-11-09..2026-11-10..2026-11-11"],
    ],
)
def test_wrong_usage_ends_with_two(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        call(*arguments)
    assert ended.value.code == 2


def test_a_calendar_that_cannot_be_read_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "2026.toml").write_text("broken", encoding="utf-8")
    monkeypatch.setattr(due, "CALENDAR", tmp_path)
    assert call("--from", "2026-11-02", "--days", "5", "--unit", "WD") == 3
    refusal = answer(capsys)
    assert refusal["error"] == "calendar_unreadable"
    assert "2026.toml" in str(refusal["message"])


def test_every_reason_of_refusal_has_its_sentence() -> None:
    values = {"longest": 1, "earliest": "x", "latest": "y"}
    assert all(messages.sentence(fault, **values) for fault in LimitFault)


def test_it_starts_without_the_heavy_libraries() -> None:
    script = (
        "import sys, app.commands.due; print(*{'PySide6', 'sqlalchemy', 'msgspec', 'asyncio'} & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
