"""What a use case reads: one consistent view of the counter's store."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, bindparam, exists, func, literal_column, select
from sqlalchemy.engine import RowMapping

from app.domain.business_day import start_of_day_ms
from app.domain.calendar import WorkCalendar
from app.domain.case import Case, CaseState
from app.domain.catalogue.catalogue import Catalogue
from app.domain.chosen import ChosenCall, ChosenReason
from app.domain.floor import WindowOrder
from app.domain.ticket import Ticket, TicketState
from app.domain.visit import CAME_TO_NOTHING, Visit
from app.ports.spool import JobState, PrintJob, PrintWay
from app.ports.store import Counter, SignIn
from app.storage import rows
from app.storage.block_view import BlockView
from app.storage.card_view import CardView
from app.storage.case_view import CaseView
from app.storage.conflict_view import ConflictView
from app.storage.contact_view import ContactView
from app.storage.copies import CopyView
from app.storage.day_view import DayView
from app.storage.desk import DeskView
from app.storage.mirror_tables import CALENDAR, CATALOGUE, HELP_CALL, TICKET, WINDOW_ORDER
from app.storage.offer_view import OfferView
from app.storage.orders import order_of
from app.storage.originals import OriginalView
from app.storage.parsed import Parsed
from app.storage.rating_view import RatingView
from app.storage.renewal_tables import FORMER_COUNTER
from app.storage.review_view import ReviewView
from app.storage.tables import CASE, CATALOGUE_ARRIVAL, DRAFT, ITEM_CHOICE, PRINT_JOB, SIGN_IN, VISIT

T = TypeVar("T")

LAST_DAY = "9999-12-31"

_OPEN_VISIT = select(VISIT).where(VISIT.c.open == 1)
_VISIT = select(VISIT).where(VISIT.c.visit_id == bindparam("wanted"))
_CASE = select(CASE).where(CASE.c.case_id == bindparam("wanted"))
_DRAFT = select(DRAFT.c.card).where(DRAFT.c.visit_id == bindparam("wanted"))
_PLACE = func.coalesce(TICKET.c.line_ms, TICKET.c.issued_ms)
_CALLED: ColumnElement[int] = literal_column("visit.rowid")
"""Tells apart what happened in the same millisecond: whom the window called later has the larger one."""
_HELD = select(VISIT).where(VISIT.c.held_ms.is_not(None)).order_by(VISIT.c.held_ms, _CALLED)
_LAST_ENDED = (
    select(VISIT).where(VISIT.c.finished_ms.is_not(None)).order_by(VISIT.c.finished_ms.desc(), _CALLED.desc()).limit(1)
)
_OF_TICKET = VISIT.c.ticket_id == bindparam("of_ticket")
_OF_NUMBER = (
    VISIT.c.ticket_id.is_(None) & (VISIT.c.number == bindparam("of_number")) & (VISIT.c.called_ms >= bindparam("since"))
)
_VISIT_OF_TICKET = select(VISIT).where(_OF_TICKET).order_by(VISIT.c.called_ms.desc()).limit(1)
_VISIT_OF_EITHER = select(VISIT).where(_OF_TICKET | _OF_NUMBER).order_by(VISIT.c.called_ms.desc()).limit(1)
_TICKET_OF_TODAY = (
    select(TICKET)
    .where(TICKET.c.number == bindparam("wanted"), TICKET.c.business_date == bindparam("day"))
    .order_by(TICKET.c.issued_ms.desc())
    .limit(1)
)
_CALENDAR_YEARS = select(CALENDAR.c.year, CALENDAR.c.rev).order_by(CALENDAR.c.year)
_IN_FORCE = (
    select(CATALOGUE.c.version, CATALOGUE.c.rev)
    .where(CATALOGUE.c.effective_from <= bindparam("day"))
    .order_by(CATALOGUE.c.effective_from.desc(), CATALOGUE.c.version.desc())
    .limit(1)
)


class View(
    ConflictView,
    DeskView,
    CaseView,
    OriginalView,
    CopyView,
    ContactView,
    OfferView,
    RatingView,
    ReviewView,
    CardView,
    DayView,
    BlockView,
):
    """Implements ``app.ports.store.Reading`` on one open transaction."""

    def __init__(self, connection: Connection, parsed: Parsed) -> None:
        self._connection = connection
        self._parsed = parsed
        self._kept_state: RowMapping | None = None

    def counter(self) -> Counter | None:
        """See ``Reading``."""
        return rows.counter_of(self._state())

    def business_date(self) -> date | None:
        """See ``Reading``."""
        text: str | None = self._state()["business_date"]
        return None if text is None else date.fromisoformat(text)

    def catalogue(self) -> Catalogue | None:
        """See ``Reading``: the version that began last, on the business day or before; of one day the newest."""
        day = self._state()["business_date"]
        row = self._connection.execute(_IN_FORCE, {"day": day or LAST_DAY}).mappings().first()
        return None if row is None else self._parsed.catalogue(row["version"], row["rev"], self._document)

    def catalogue_version(self, version: int) -> Catalogue | None:
        """See ``Reading``."""
        held = select(CATALOGUE.c.rev).where(CATALOGUE.c.version == version)
        rev = self._connection.execute(held).scalar_one_or_none()
        return None if rev is None else self._parsed.earlier(version, rev, self._document)

    def catalogue_known_at(self, moment_ms: int) -> int | None:
        """See ``Reading``."""
        day = self._state()["business_date"] or LAST_DAY
        held = (
            select(CATALOGUE.c.version)
            .join(CATALOGUE_ARRIVAL, CATALOGUE_ARRIVAL.c.version == CATALOGUE.c.version)
            .where(CATALOGUE.c.effective_from <= day, CATALOGUE_ARRIVAL.c.arrived_ms <= moment_ms)
            .order_by(CATALOGUE.c.effective_from.desc(), CATALOGUE.c.version.desc())
            .limit(1)
        )
        version: int | None = self._connection.execute(held).scalar_one_or_none()
        return version

    def calendar(self) -> WorkCalendar:
        """See ``Reading``."""
        versions = self._all(_CALENDAR_YEARS)
        return self._parsed.calendar(tuple((row["year"], row["rev"]) for row in versions), self._calendar_tables)

    def call_choice(self) -> ChosenCall | None:
        """See ``Reading``."""
        kept: Mapping[str, str] | None = self._state()["call_choice"]
        return None if kept is None else ChosenCall(kept["number"], ChosenReason(kept["reason"]))

    def call_key(self) -> str | None:
        """See ``Reading``."""
        key: str | None = self._state()["call_key"]
        return key

    def sign_in(self, clerk: str) -> SignIn | None:
        """See ``Reading``."""
        return self._one(select(SIGN_IN).where(SIGN_IN.c.number == clerk), rows.sign_in_of)

    def open_visit(self) -> Visit | None:
        """See ``Reading``."""
        return self._visit(_OPEN_VISIT)

    def held_visits(self) -> Sequence[Visit]:
        """See ``Reading``."""
        return [rows.visit_of(row) for row in self._all(_HELD)]

    def last_ended(self) -> Visit | None:
        """See ``Reading``. Of two that ended in the same millisecond, who was called later."""
        return self._visit(_LAST_ENDED)

    def help_asked(self) -> str | None:
        """See ``Reading``. What the authority's feed says of the call counts; before it says anything, it is open."""
        state = self._state()
        if state["help_id"] is None or state["help_date"] != state["business_date"]:
            return None
        answered = select(HELP_CALL.c.answered_ms).where(HELP_CALL.c.help_id == state["help_id"])
        asked: str = state["help_id"]
        return asked if self._connection.execute(answered).scalar_one_or_none() is None else None

    def visit_of(self, ticket_id: str, number: str | None = None) -> Visit | None:
        """See ``Reading``. Both halves of the question go through the index of ticket ids."""
        today = self.business_date()
        if number is None or today is None:
            return self._visit(_VISIT_OF_TICKET, of_ticket=ticket_id)
        return self._visit(_VISIT_OF_EITHER, of_ticket=ticket_id, of_number=number, since=start_of_day_ms(today))

    def visit(self, visit_id: str) -> Visit | None:
        """See ``Reading``."""
        return self._visit(_VISIT, wanted=visit_id)

    def waiting(self, businesses: Sequence[str], limit: int) -> Sequence[Ticket]:
        """See ``Reading``. A ticket this window called is left out before the authority's feed says so."""
        came = VISIT.c.outcome.is_(None) | VISIT.c.outcome.not_in(CAME_TO_NOTHING)
        called_here = exists().where(VISIT.c.ticket_id == TICKET.c.ticket_id, came)
        found = self._all(
            select(TICKET)
            .where(TICKET.c.state == TicketState.WAITING, TICKET.c.business.in_(businesses), ~called_here)
            .order_by(TICKET.c.priority.is_(None), _PLACE, TICKET.c.ticket_id)
            .limit(limit)
        )
        return [rows.ticket_of(row) for row in found]

    def called_lately(self, businesses: Sequence[str], limit: int) -> Sequence[str | None]:
        """See ``Reading``."""
        found = (
            select(TICKET.c.priority)
            .where(
                TICKET.c.called_ms.is_not(None),
                TICKET.c.state != TicketState.WAITING,
                TICKET.c.business.in_(businesses),
            )
            .order_by(TICKET.c.called_ms.desc(), TICKET.c.ticket_id.desc())
            .limit(limit)
        )
        return list(self._connection.execute(found).scalars())

    def missed_since(self, businesses: Sequence[str], since_ms: int) -> Sequence[Ticket]:
        """See ``Reading``."""
        since = func.coalesce(TICKET.c.missed_ms, TICKET.c.called_ms) >= since_ms
        missed = select(TICKET).where(TICKET.c.state == TicketState.MISSED, TICKET.c.business.in_(businesses), since)
        return [rows.ticket_of(row) for row in self._all(missed.order_by(TICKET.c.ticket_id))]

    def ticket_by_number(self, number: str) -> Ticket | None:
        """See ``Reading``."""
        return self._one(_TICKET_OF_TODAY, rows.ticket_of, wanted=number, day=self._state()["business_date"])

    def case(self, case_id: str) -> Case | None:
        """See ``Reading``."""
        return self._one(_CASE, rows.case_of, wanted=case_id)

    def noticed_cases(self) -> Sequence[Case]:
        """See ``Reading``; the walk along the index of open cases is short."""
        noticed = CASE.c.urgency.is_not(None) & (CASE.c.state == CaseState.SUPPLEMENT_NOTICED)
        waiting = noticed & self._of_this_counter()
        found = self._all(select(CASE).where(waiting).order_by(CASE.c.accepted_ms.desc(), CASE.c.case_id.desc()))
        return [rows.case_of(row) for row in found]

    def open_cases(self, limit: int) -> Sequence[Case]:
        """See ``Reading``."""
        own = CASE.c.urgency.is_not(None) & self._of_this_counter()
        most_urgent = select(CASE).where(own).order_by(CASE.c.urgency, CASE.c.case_id)
        return [rows.case_of(row) for row in self._all(most_urgent.limit(limit))]

    def draft(self, visit_id: str) -> Mapping[str, Any] | None:
        """See ``Reading``."""
        card: Mapping[str, Any] | None = self._connection.execute(_DRAFT, {"wanted": visit_id}).scalar_one_or_none()
        return card

    def print_job(self, job_id: str) -> PrintJob | None:
        """See ``Reading``."""
        return self._one(select(PRINT_JOB).where(PRINT_JOB.c.job_id == job_id), rows.job_of)

    def print_jobs_of(self, case_id: str) -> Sequence[PrintJob]:
        """See ``Reading``."""
        found = select(PRINT_JOB).where(PRINT_JOB.c.case_id == case_id).order_by(PRINT_JOB.c.position)
        return [rows.job_of(row) for row in self._all(found)]

    def papers_elsewhere(self) -> int:
        """See ``Reading``."""
        waits = PRINT_JOB.c.state.in_((JobState.QUEUED, JobState.SENDING)), PRINT_JOB.c.way == PrintWay.OTHER
        return self._connection.execute(select(func.count()).select_from(PRINT_JOB).where(*waits)).scalar_one()

    def paper_in_doubt(self) -> PrintJob | None:
        """See ``Reading``."""
        unknown = select(PRINT_JOB).where(PRINT_JOB.c.state == JobState.UNKNOWN)
        return self._one(unknown.order_by(PRINT_JOB.c.position).limit(1), rows.job_of)

    def item_choices(self, window: str) -> Mapping[tuple[str, str], int]:
        """See ``Reading``."""
        found = self._all(select(ITEM_CHOICE).where(ITEM_CHOICE.c.window == window))
        return {(row["typed"], row["item_id"]): row["times"] for row in found}

    def done_today(self) -> tuple[int, int]:
        """See ``Reading``."""
        day = self.business_date()
        if day is None:
            return 0, 0
        lasted = func.avg(VISIT.c.finished_ms - VISIT.c.served_ms - VISIT.c.away_ms)
        came = VISIT.c.outcome.is_(None) | VISIT.c.outcome.not_in(CAME_TO_NOTHING)
        served = VISIT.c.served_ms.is_not(None) & came
        today = (VISIT.c.finished_ms >= start_of_day_ms(day)) & served
        count, mean = self._connection.execute(select(func.count(), lasted).where(today)).one()
        return count, round(mean or 0)

    def window_order(self, window: str) -> WindowOrder | None:
        """See ``Reading``."""
        return self._one(select(WINDOW_ORDER).where(WINDOW_ORDER.c.window == window), order_of)

    def outbox_length(self) -> int:
        """See ``Reading``."""
        state = self._state()
        length: int = state["last_seq"] - state["acked_seq"]
        return length

    def _state(self) -> RowMapping:
        """Return the counter's one row; within a transaction only this view's own writes can change it."""
        if self._kept_state is None:
            self._kept_state = rows.state(self._connection)
        return self._kept_state

    def _of_this_counter(self) -> ColumnElement[bool]:
        """Whatever number this computer had: a store that was made anew has another."""
        former = CASE.c.counter.in_(select(FORMER_COUNTER.c.counter))
        present: ColumnElement[bool] = CASE.c.counter == self._state()["counter"]
        return present | former

    def _visit(self, statement: Select[Any], **values: Any) -> Visit | None:
        return self._one(statement, rows.visit_of, **values)

    def _one(self, statement: Select[Any], read: Callable[[RowMapping], T], **values: Any) -> T | None:
        row = self._connection.execute(statement, values).mappings().first()
        return None if row is None else read(row)

    def _all(self, statement: Select[Any]) -> Sequence[RowMapping]:
        return self._connection.execute(statement).mappings().all()

    def _document(self, version: int) -> Mapping[str, Any]:
        statement = select(CATALOGUE.c.document).where(CATALOGUE.c.version == version)
        document: Mapping[str, Any] = self._connection.execute(statement).scalar_one()
        return document

    def _calendar_tables(self) -> list[Mapping[str, Any]]:
        return list(self._connection.execute(select(CALENDAR.c.table).order_by(CALENDAR.c.year)).scalars())
