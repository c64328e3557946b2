"""The year tables as they are shipped: one TOML file a year, so that a new notice is a new file."""

import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from app.domain.calendar import Source, WorkCalendar, YearStatus, YearTable

LARGEST_FILE = 64 * 1024


class CalendarFileError(Exception):
    """A file that is missing, too large or no year table; ``path`` names it, the cause says more."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"no year table: {path.name}")
        self.path = path


def load_calendar(folder: Path) -> WorkCalendar:
    """Read every YYYY.toml of a folder.

    Raises:
        CalendarFileError: there is no table, or one that cannot be read or cannot be true.
    """
    files = sorted(folder.glob("[0-9][0-9][0-9][0-9].toml"))
    if not files:
        raise CalendarFileError(folder)
    return WorkCalendar(map(_read, files))


def _read(path: Path) -> YearTable:
    try:
        return _table(int(path.stem), tomllib.loads(_content(path)))
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise CalendarFileError(path) from error


def _content(path: Path) -> str:
    with path.open("rb") as file:
        content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise ValueError("too large for a year")
    return content.decode()


def _table(year: int, content: dict[str, Any]) -> YearTable:
    """Turn a parsed file into its table; whatever does not fit surfaces as KeyError, TypeError or ValueError."""
    if content["year"] != year:
        raise ValueError("the file name and the table name different years")
    feasts = content["feast"]
    return YearTable(
        year=year,
        status=YearStatus(content["status"]),
        rest_days=_days(feast["rest"] for feast in feasts),
        make_up_workdays=_days(feast["work"] for feast in feasts),
        source=Source(**content["source"]),
        version=int(content["version"]),
    )


def _days(lists: Iterable[list[Any]]) -> frozenset[date]:
    days = [day for each in lists for day in each]
    # TOML has dates with and without a time; datetime is a subclass of date, so the type itself is compared.
    if any(type(day) is not date for day in days):
        raise TypeError("a day is a date without a time")
    return frozenset(days)
