"""特别程序: a procedure of art. 45 stops the clock, but only once its written notice (SL-10) is on paper."""

from collections.abc import Mapping

from app.domain.case import Case
from app.domain.case_clock import Suspension, clock_of
from app.domain.clerk import Clerk
from app.domain.clock_moves import ClockRefusal, ClockRefused, SuspensionAsked, announced, dropped, suspended
from app.domain.clock_moves import procedures_of as may_stop
from app.domain.clock_paper import CLOCK_SLIP, dated, suspension_fields
from app.domain.paper.blocks import Document
from app.domain.paper.fill import fill
from app.domain.paper.markup import Template
from app.domain.record import plain
from app.ports.clock import Clock
from app.ports.store import Store
from app.usecases.clock_acts import (
    Told,
    as_refusals,
    notice_number,
    notice_printed,
    queue_notice,
    record,
    standing,
    void_notice,
)
from app.usecases.deciding import OnDesk

PREVIEWED_NUMBER = "〔编号在打印时生成〕"
"""Stands in the preview where the number will stand: only a commit takes one."""


def announce(
    store: Store, clock: Clock, templates: Mapping[str, Template], case_id: str, asked: SuspensionAsked, *, by: Clerk
) -> Told:
    """Tell the applicant in writing which procedure is needed, from when to when; the clock still runs.

    Raises:
        ActRefused: no right, an unknown case, a procedure that stops nothing (domain rule L04), or impossible days.
        IllegalTransition: the case is not under review.
    """
    with store.begin() as work, as_refusals():
        held = standing(work, clock, case_id, by)
        told = _suspension(held, asked, "")
        announced(held.case, held.item, told, held.at.calendar, held.at.today)
        told = _suspension(held, asked, notice_number(work, held))
        after = announced(held.case, held.item, told, held.at.calendar, held.at.today)
        document = _notice(held, after, told, templates, by)
        record(work, by, held.case, after, kind="case.suspension_announced", fact={"suspension": plain(told)})
        return Told(after, queue_notice(work, clock, document, after, told.doc_no))


def preview_suspension(
    store: Store, clock: Clock, templates: Mapping[str, Template], case_id: str, asked: SuspensionAsked, *, by: Clerk
) -> Document:
    """Return the notice as ``announce`` would print it; nothing is written.

    Raises:
        ActRefused, IllegalTransition: as ``announce``.
    """
    with store.read() as view, as_refusals():
        held = standing(view, clock, case_id, by)
        told = _suspension(held, asked, PREVIEWED_NUMBER)
        after = announced(held.case, held.item, told, held.at.calendar, held.at.today)
        return _notice(held, after, told, templates, by)


def suspend(store: Store, clock: Clock, case_id: str, by: Clerk) -> Case:
    """Stop the clock as announced, now that the notice is on paper, and move the due dates.

    Raises:
        ActRefused: no right, an unknown case, nothing announced, a notice that is not printed or came too late.
        IllegalTransition: the case is not under review.
    """
    with store.begin() as work, as_refusals():
        held = standing(work, clock, case_id, by)
        told = clock_of(held.case).announced
        printed = told is not None and notice_printed(work, held.case, told.doc_no)
        printed_ms = held.at.now_ms if printed else None
        after = suspended(held.case, held.item, held.at.calendar, held.at.today, printed_ms)
        fact = {"doc_no": told.doc_no if told else "", "printed_ms": printed_ms}
        record(work, by, held.case, after, kind="case.suspended", fact=fact)
        return after


def drop_announcement(store: Store, clock: Clock, case_id: str, by: Clerk) -> Case:
    """Take an announcement and its notice back before the clock stopped.

    Raises:
        ActRefused: no right, an unknown case, nothing announced, or the notice is in a printer.
        IllegalTransition: the case is not under review.
    """
    with store.begin() as work, as_refusals():
        held = standing(work, clock, case_id, by)
        told = clock_of(held.case).announced
        after = dropped(held.case)
        doc_no = told.doc_no if told else ""
        void_notice(work, held.case, doc_no)
        record(work, by, held.case, after, kind="case.suspension_dropped", fact={"doc_no": doc_no})
        return after


def _suspension(held: OnDesk, asked: SuspensionAsked, doc_no: str) -> Suspension:
    basis = next((each.basis for each in may_stop(held.item) if each.name == asked.procedure), None)
    if basis is None:
        raise ClockRefused(ClockRefusal.PROCEDURE_NOT_LISTED)
    return Suspension(asked.procedure, basis, asked.first.isoformat(), asked.last.isoformat(), doc_no)


def _notice(held: OnDesk, after: Case, told: Suspension, templates: Mapping[str, Template], by: Clerk) -> Document:
    day = held.at.today
    moved = suspended(after, held.item, held.at.calendar, day, held.at.now_ms)
    fields = suspension_fields(
        held.case, moved, held.item, held.catalogue, told, calendar=held.at.calendar, clerk=by.number
    )
    return fill(templates[CLOCK_SLIP], dated(fields, day))
