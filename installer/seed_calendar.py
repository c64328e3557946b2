# ruff: noqa: INP001 - scripts of the installer are run by path, not imported
"""Write the year tables of the working-day calendar from the chinesecalendar package.

Once a year, when a release follows the State Council's notice:

    .venv/bin/python installer/seed_calendar.py resources/calendar
"""

import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path

from chinese_calendar import Holiday
from chinese_calendar.constants import holidays, workdays

FIRST_YEAR = 2006
PACKAGE = "chinesecalendar"
# Only notices somebody has read; for the other years the package's word stands.
NOTICES = {
    2026: """
title = "国务院办公厅关于2026年部分节假日安排的通知"
number = "国办发明电〔2025〕7号"
issued = 2025-11-04
""",
}


def year_table(year: int) -> str:
    """Return one year as the TOML that app/storage/calendar_file.py reads."""
    source = NOTICES.get(year, f'title = "{PACKAGE} {version(PACKAGE)}"')
    lines = [f"year = {year}", 'status = "published"', "version = 1", "", "[source]", source.strip()]
    for feast in Holiday:
        rest = [day for day in sorted(holidays) if day.year == year and holidays[day] == feast.value]
        work = [day for day in sorted(workdays) if day.year == year and workdays[day] == feast.value]
        if rest or work:
            lines += ["", "[[feast]]", f'name = "{feast.chinese}"', f"rest = {_dates(rest)}", f"work = {_dates(work)}"]
    return "\n".join(lines) + "\n"


def _dates(days: list[date]) -> str:
    return f"[{', '.join(map(str, days))}]"


def main() -> None:
    """Write YYYY.toml for every year the package knows into the folder given."""
    folder = Path(sys.argv[1])
    for year in range(FIRST_YEAR, max(holidays).year + 1):
        (folder / f"{year}.toml").write_text(year_table(year), encoding="utf-8")


if __name__ == "__main__":
    main()
