"""A calendar year goes over the wire and comes back the same, and nothing else is taken for one."""

from pathlib import Path
from typing import Any

import pytest

from app.domain.calendar_document import table_from_json, table_to_json
from app.storage.calendar_file import load_calendar

CALENDAR = load_calendar(Path(__file__).parents[3] / "resources" / "calendar")


@pytest.mark.parametrize("year", range(2006, 2030))
def test_a_year_comes_back_as_it_went(year: int) -> None:
    table = CALENDAR.table(year)
    assert table_from_json(table_to_json(table)) == table


@pytest.mark.parametrize(
    "spoil",
    [
        {"year": None},
        {"status": "guessed"},
        {"rest_days": ["2026-13-01"]},
        {"rest_days": ["2027-01-01"]},
        {"rest_days": [1]},
        {"rest_days": ["2026-01-01"] * 400},
        {"source": {}},
        {"source": {"title": 1, "number": None, "issued": None}},
        {"source": {"title": "通知", "number": None, "issued": "today"}},
        {"version": "x"},
    ],
)
def test_what_is_no_year_is_refused(spoil: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        table_from_json({**table_to_json(CALENDAR.table(2026)), **spoil})
