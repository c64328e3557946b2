"""延期: the statutory limit is extended once, by somebody who may approve it, for a reason the applicant is told."""

from collections.abc import Mapping

from app.domain.case_clock import Extended, extension_of
from app.domain.clerk import Clerk
from app.domain.clock_moves import LONGEST_REASON, ClockRefusal, ClockRefused, ExtensionAsked, extended
from app.domain.clock_paper import CLOCK_SLIP, dated, extension_fields
from app.domain.limit_unit import LimitUnit
from app.domain.paper.blocks import Document
from app.domain.paper.fill import fill
from app.domain.paper.markup import Template
from app.domain.record import plain
from app.domain.rights import Act, may
from app.ports.clock import Clock
from app.ports.store import Store
from app.usecases.clock_acts import Told, as_refusals, notice_number, queue_notice, record, standing
from app.usecases.deciding import OnDesk
from app.usecases.suspend_case import PREVIEWED_NUMBER


def extend(
    store: Store,
    clock: Clock,
    templates: Mapping[str, Template],
    case_id: str,
    asked: ExtensionAsked,
    *,
    approver: Clerk,
    by: Clerk,
) -> Told:
    """Extend the limit and print the notice (SL-10); ``approver`` gave number and password, and is not ``by``.

    Raises:
        ActRefused: no right, an unknown case, no reason, an approver without the right or the clerk themselves, a
            second extension, or more days than law or item allow (domain rule L03).
        IllegalTransition: the case is not under review.
    """
    with store.begin() as work, as_refusals():
        held = standing(work, clock, case_id, by)
        reason = _checked(asked, approver, by)
        extended(held.case, held.item, _extended(held, asked, approver, ""), held.at.calendar)
        told = _extended(held, asked, approver, notice_number(work, held))
        after = extended(held.case, held.item, told, held.at.calendar)
        fields = extension_fields(held.case, after, held.item, held.catalogue, told, reason=reason, clerk=by.number)
        document = fill(templates[CLOCK_SLIP], dated(fields, held.at.today))
        record(work, by, held.case, after, kind="case.extended", fact={"extension": plain(told), "reason": reason})
        return Told(after, queue_notice(work, clock, document, after, told.doc_no))


def preview_extension(
    store: Store, clock: Clock, templates: Mapping[str, Template], case_id: str, asked: ExtensionAsked, *, by: Clerk
) -> Document:
    """Return the notice as ``extend`` would print it, before anybody approved; nothing is written.

    Raises:
        ActRefused, IllegalTransition: as ``extend``.
    """
    with store.read() as view, as_refusals():
        held = standing(view, clock, case_id, by)
        told = _extended(held, asked, by, PREVIEWED_NUMBER)
        after = extended(held.case, held.item, told, held.at.calendar)
        reason = _reason(asked)
        fields = extension_fields(held.case, after, held.item, held.catalogue, told, reason=reason, clerk=by.number)
        return fill(templates[CLOCK_SLIP], dated(fields, held.at.today))


def _extended(held: OnDesk, asked: ExtensionAsked, approver: Clerk, doc_no: str) -> Extended:
    most = extension_of(held.item)
    unit = most.unit if most is not None else LimitUnit.WORKING_DAYS
    return Extended(asked.days, unit, approver.number, doc_no, held.at.today.isoformat())


def _checked(asked: ExtensionAsked, approver: Clerk, by: Clerk) -> str:
    if approver.number == by.number:
        raise ClockRefused(ClockRefusal.APPROVER_IS_CLERK)
    if not may(approver.roles, Act.APPROVE_EXTENSION):
        raise ClockRefused(ClockRefusal.APPROVER_NEEDED)
    return _reason(asked)


def _reason(asked: ExtensionAsked) -> str:
    reason = asked.reason.strip()
    if not 0 < len(reason) <= LONGEST_REASON or not reason.isprintable():
        raise ClockRefused(ClockRefusal.REASON_NEEDED)
    return reason
