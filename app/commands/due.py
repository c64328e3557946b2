"""``chuangkou due``: the due date of a limit, for scripts and for checking a slip by hand."""

import argparse
import json
import re
import sys
from datetime import date
from pathlib import Path

import resources
from app.domain import deadline
from app.domain.deadline import LimitRefusedError, Suspension
from app.domain.limit_unit import LimitUnit
from app.storage.calendar_file import CalendarFileError, load_calendar
from app.storage.messages import text

DONE = 0
REFUSED = 3
CALENDAR = Path(resources.__path__[0]) / "calendar"

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    parser = subparsers.add_parser("due", help="last day of a limit, by the working-day calendar; one JSON line")
    parser.add_argument(
        "--from", dest="start", metavar="DATE", type=iso_date, required=True, help="day before the first"
    )
    parser.add_argument("--days", metavar="N", type=int, required=True, help="length of the limit")
    parser.add_argument("--unit", choices=("WD", "CD"), required=True, help="working days or calendar days")
    parser.add_argument(
        "--suspend",
        metavar="FROM..TO",
        type=from_to,
        action="append",
        default=[],
        help="days that do not count, both ends included; may be repeated",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the one JSON line and return the exit status."""
    try:
        calendar = load_calendar(CALENDAR)
        due = deadline.due(args.start, args.days, LimitUnit(args.unit), calendar, args.suspend)
    except LimitRefusedError as refused:
        return _refuse(
            refused.reason,
            longest=deadline.LONGEST_LIMIT,
            earliest=deadline.EARLIEST,
            latest=deadline.LATEST,
        )
    except CalendarFileError as error:
        return _refuse("calendar_unreadable", file=error.path.name)
    _print({"due": due.date.isoformat(), "provisional": due.provisional})
    return DONE


def _refuse(code: str, **values: object) -> int:
    _print({"error": code, "message": text(code, **values)})
    return REFUSED


def _print(answer: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")


def iso_date(value: str) -> date:
    """Read YYYY-MM-DD and nothing else that ISO 8601 allows."""
    if not _DATE.fullmatch(value):
        raise ValueError("not YYYY-MM-DD")
    return date.fromisoformat(value)


def from_to(value: str) -> Suspension:
    """Read two dates with two dots between."""
    first, last = value.split("..")
    return iso_date(first), iso_date(last)
