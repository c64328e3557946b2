from pathlib import Path

import pytest

from app.storage.calendar_file import CalendarFileError, load_calendar

GOOD = """
year = 2027
status = "published"
version = 1

[source]
title = "test"

[[feast]]
name = "元旦"
rest = [2027-01-01]
work = [2027-01-02]
"""


def test_a_file_becomes_a_table(tmp_path: Path) -> None:
    (tmp_path / "2027.toml").write_text(GOOD, encoding="utf-8")
    table = load_calendar(tmp_path).table(2027)
    assert (len(table.rest_days), len(table.make_up_workdays), table.version) == (1, 1, 1)


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("year = 2027", "year = 2028"),
        ("year = 2027", ""),
        ('"published"', '"perhaps"'),
        ("version = 1", 'version = "first"'),
        ("[2027-01-01]", "[2026-01-01]"),
        ("[2027-01-01]", "[2027-01-01T00:00:00]"),
        ("[2027-01-01]", '["2027-01-01"]'),
        ("[2027-01-01]", "5"),
        ("[2027-01-02]", "[2027-01-01]"),
        ("title =", "unknown ="),
        ("[[feast]]", "[feast]"),
        ("[source]", "[source"),
        ("元旦", "元旦" * 20_000),
    ],
)
def test_a_file_that_is_no_year_table_is_refused_by_name(tmp_path: Path, good: str, bad: str) -> None:
    (tmp_path / "2027.toml").write_text(GOOD.replace(good, bad), encoding="utf-8")
    with pytest.raises(CalendarFileError, match=r"2027\.toml"):
        load_calendar(tmp_path)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "2027.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(CalendarFileError):
        load_calendar(tmp_path)


def test_a_folder_without_tables_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CalendarFileError):
        load_calendar(tmp_path)
