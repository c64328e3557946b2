"""A calendar year as plain JSON: what the server sends and the counter keeps (feed entity ``calendar``)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from app.domain.calendar import Source, YearStatus, YearTable

MAX_DAYS = 366


def table_to_json(table: YearTable) -> dict[str, Any]:
    """Return ``{year, status, version, rest_days, make_up_workdays, source}``, days as sorted ISO dates."""
    return {
        "year": table.year,
        "status": table.status.value,
        "version": table.version,
        "rest_days": [each.isoformat() for each in sorted(table.rest_days)],
        "make_up_workdays": [each.isoformat() for each in sorted(table.make_up_workdays)],
        "source": None if table.source is None else _source_to_json(table.source),
    }


def table_from_json(value: Mapping[str, Any]) -> YearTable:
    """Read what ``table_to_json`` made.

    Raises:
        ValueError: it is something else, or cannot be true.
    """
    try:
        return YearTable(
            year=int(value["year"]),
            status=YearStatus(value["status"]),
            rest_days=_days(value["rest_days"]),
            make_up_workdays=_days(value["make_up_workdays"]),
            source=None if value["source"] is None else _source_from_json(value["source"]),
            version=int(value["version"]),
        )
    except (KeyError, TypeError) as error:
        raise ValueError("not a calendar year") from error


def _source_to_json(source: Source) -> dict[str, Any]:
    issued = None if source.issued is None else source.issued.isoformat()
    return {"title": source.title, "number": source.number, "issued": issued}


def _source_from_json(value: Mapping[str, Any]) -> Source:
    title, number, issued = value["title"], value["number"], value["issued"]
    if not isinstance(title, str) or not isinstance(number, str | None):
        raise TypeError("a source is named in words")
    return Source(title, number, None if issued is None else date.fromisoformat(issued))


def _days(texts: Iterable[str]) -> frozenset[date]:
    days = [date.fromisoformat(each) for each in texts]
    if len(days) > MAX_DAYS:
        raise ValueError("more days than a year has")
    return frozenset(days)
