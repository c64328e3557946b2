"""What a citizen who shows the query code sees of a case: status and dates; of the person the family name alone."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.calendar import WorkCalendar
from app.domain.calendar_document import table_from_json
from app.domain.case import CaseState
from app.domain.case_clock import days_stopped
from app.domain.deadline import Light, light, remaining_workdays
from app.domain.masking import mask_name
from sync.server.service.attempts import PER_ADDRESS, PER_CASE, Attempts
from sync.server.service.case_paper import shown_paper
from sync.server.service.case_result import result_lines, upward_words
from sync.server.service.contacts import Office
from sync.server.service.context import Context
from sync.server.service.hall_facts import HallFacts, hall_facts
from sync.server.service.paper_lines import ShownPaper
from sync.server.service.rating import Rating, rating_of
from sync.server.service.refusals import refusal
from sync.server.storage import case_numbers, catalogue
from sync.server.storage.cases import MirroredCase
from sync.server.storage.cipher import SealBroken

RUNNING = frozenset({CaseState.ACCEPTED, CaseState.REVIEWING, CaseState.SUSPENDED})
"""States in which a case may be with a higher authority."""

_NO_CODE = "----"
_MAX_CODE = 16
_MAX_NUMBER = 64
_NOTHING = b"{}".ljust(4096)
"""As long as a record is."""


@dataclass(frozen=True, slots=True)
class DueRing:
    """The promised limit: working days left (negative when past), of how many, and the colour of the ring."""

    left: int
    whole: int
    light: Light


@dataclass(frozen=True, slots=True, repr=False)
class Progress:
    """One case as its citizen may see it; ``name`` is masked, ``rating_token`` is None once rated or over.

    ``paper`` is what the last paper said, None where the case has none that counts; ``upward`` how it stands with a
    higher authority; ``result`` where and until when something has to be done about the result.
    """

    case_no: str
    item: str
    name: str
    state: CaseState
    window: str
    zone: str
    materials: int
    accepted_ms: int
    promised_due: date | None
    statutory_due: date | None
    provisional: bool
    ring: DueRing | None
    facts: HallFacts
    office: Office
    rating_token: str | None
    paper: ShownPaper | None
    upward: str
    result: tuple[str, ...]


def case_progress(context: Context, attempts: Attempts, case_no: str, code: str, address: str) -> Progress:
    """Return the case's progress to who knows its query code.

    An unknown case and a wrong code are the same: the same answer, the same work, the same count of attempts.

    Raises:
        Refused: ``wrong_query_code``, ``rate_limited``.
    """
    case_no = case_no[:_MAX_NUMBER]
    keys = (
        (f"case/{case_no}/{address}", PER_CASE),
        (f"address/{address}", PER_ADDRESS),
        (f"case/{case_no}", None),
    )
    attempts.take(keys)
    found = context.storage.read(lambda connection: case_numbers.by_number(connection, case_no))
    record = _record(context, found)
    known = str(record.get("query_code", _NO_CODE)).upper()
    given = code.strip().upper()[:_MAX_CODE]
    right = hmac.compare_digest(known.encode(), given.encode("utf-8", "surrogatepass"))
    if found is None or not right:
        raise refusal("wrong_query_code")
    attempts.give_back(keys)
    return _progress(context, found[0], record)


def _record(context: Context, found: tuple[MirroredCase, bytes] | None) -> Mapping[str, Any]:
    """Return the whole record; where there is none the same work is done on nothing."""
    if found is None:
        return _opened(context, context.cipher.seal(_NOTHING, _NO_CODE), _NO_CODE)
    case, sealed = found
    return _opened(context, sealed, f"case/{case.hall}/{case.case_id}")


def _opened(context: Context, sealed: bytes, seal_context: str) -> Mapping[str, Any]:
    try:
        record = json.loads(context.cipher.open(sealed, seal_context))
    except (SealBroken, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def _progress(context: Context, case: MirroredCase, record: Mapping[str, Any]) -> Progress:
    accepted, promised = _date(case.accepted_on), _date(case.promised_due)
    token = str(record.get("rating_token", ""))
    facts = hall_facts(context, case.hall)
    return Progress(
        case_no=case.case_no,
        item=str(record.get("item_name", "")),
        name=_family(record.get("applicant")),
        state=case.state,
        window=case.window,
        zone=facts.zones.get(case.window, ""),
        materials=len(record.get("verdicts") or ()),
        accepted_ms=int(record.get("accepted_ms") or 0),
        promised_due=promised,
        statutory_due=_date(case.statutory_due),
        provisional=case.provisional,
        ring=_ring(context, case, accepted, promised) if accepted and promised else None,
        facts=facts,
        office=facts.departments.get(case.department, Office()),
        rating_token=token if token and rating_of(context, token) is Rating.OPEN else None,
        paper=shown_paper(context, case.hall, record),
        upward=upward_words(record) if case.state in RUNNING else "",
        result=result_lines(record, case.state, _place(context, case, facts)),
    )


def _place(context: Context, case: MirroredCase, facts: HallFacts) -> str:
    """Return where results lie: the centre's hand-out window, else the one that took the case in."""
    pickup = context.storage.read(lambda connection: context.plan(connection, case.hall)).pickup
    window = min(pickup, default=case.window)
    return f"{facts.zones.get(window, '')} {window} 窗口".strip()


def _ring(context: Context, case: MirroredCase, start: date, promised: date) -> DueRing:
    years = context.storage.read(lambda connection: catalogue.years(connection, case.hall))
    calendar = WorkCalendar(table_from_json(row["table"]) for row in years)
    today = date.fromisoformat(context.today())
    limits = context.storage.read(lambda connection: context.plan(connection, case.hall)).floor.cards.lights
    stopped = days_stopped(case.clock)
    return DueRing(
        left=remaining_workdays(today, promised, calendar, stopped),
        whole=remaining_workdays(start, promised, calendar, stopped),
        light=light(start, today, promised, calendar, stopped, limits=limits),
    )


def _family(applicant: object) -> str:
    """Return the masked name; an applicant without one has nothing to show."""
    name = applicant.get("name") if isinstance(applicant, dict) else None
    return mask_name(name) if isinstance(name, str) else ""


def _date(iso: str | None) -> date | None:
    """Return the day; what is no date, which only a faulty counter sends, is not shown."""
    try:
        return date.fromisoformat(iso) if iso else None
    except ValueError:
        return None
