"""The words on SL-10: that a limit is extended (art. 42), or that a procedure stops its clock (art. 45)."""

from datetime import date

from app.domain.calendar import WorkCalendar
from app.domain.case import Case
from app.domain.case_clock import Extended, Suspension, extension_of
from app.domain.catalogue.catalogue import Catalogue
from app.domain.catalogue.item import Item
from app.domain.clock_moves import STOPPING, workdays
from app.domain.limit_unit import LimitUnit
from app.domain.receipt import common_fields, date_words

CLOCK_SLIP = "SL-10"
CLOCK_NOTICE = "延"
"""Behind an item's document prefix: the number of such a notice (示规许延)."""

_ON_IT = ("applicant", "agent", "item", "case_no", "window", "dept_tel", "basis")


def suspension_fields(
    before: Case, after: Case, item: Item, catalogue: Catalogue, told: Suspension, *, calendar: WorkCalendar, clerk: str
) -> dict[str, object]:
    """Return the fields of the notice of a suspension; ``after`` is the case as it will stand when the clock stops."""
    first, last = told.days
    named = item.is_licence and told.procedure in STOPPING
    return {
        **_common(before, after, item, catalogue, clerk=clerk),
        "title": "特别程序告知书",
        "doc_no": told.doc_no,
        "extension": False,
        "licence": named,
        "basis": told.basis,
        "special": told.procedure,
        "days": str(workdays(first, last, calendar)),
        "from_date": date_words(told.first),
        "to_date": date_words(told.last),
    }


def extension_fields(
    before: Case, after: Case, item: Item, catalogue: Catalogue, told: Extended, *, reason: str, clerk: str
) -> dict[str, object]:
    """Return the fields of the notice of the extension; the organ's approver stands in the catalogue."""
    most = extension_of(item)
    return {
        **_common(before, after, item, catalogue, clerk=clerk),
        "title": "延长办理期限告知书",
        "doc_no": told.doc_no,
        "extension": True,
        "licence": item.is_licence,
        "basis": item.statutory_limit.basis,
        "reason": reason,
        "approver": most.approver if most else "",
        "days": str(told.days),
        "calendar": told.unit is LimitUnit.CALENDAR_DAYS,
    }


def _common(before: Case, after: Case, item: Item, catalogue: Catalogue, *, clerk: str) -> dict[str, object]:
    common = common_fields(before, item, catalogue)
    return {
        **{name: common[name] for name in _ON_IT},
        "clerk_no": clerk,
        "accept_date": date_words(before.accepted_on),
        "old_due": date_words(_end(before)),
        "new_due": date_words(_end(after)),
        "provisional": after.provisional,
        "dept": catalogue.departments[before.department].name,
    }


def dated(fields: dict[str, object], today: date) -> dict[str, object]:
    """Return the fields with the day of the notice."""
    return {**fields, "date": date_words(today.isoformat())}


def _end(case: Case) -> str:
    """Return the day the applicant is told: the statutory end, else the promised one."""
    return case.statutory_due or case.promised_due or case.accepted_on
