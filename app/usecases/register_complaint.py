"""投诉登记: a complaint goes to the floor manager and the supervisor, and its receipt is printed (domain rule I39)."""

from collections.abc import Mapping

from app.domain.clerk import Clerk
from app.domain.complaint import (
    COMPLAINT_SLIP,
    ComplaintFault,
    ComplaintReceipt,
    ComplaintSaid,
    complaint_fields,
    complaint_number,
    complaint_series,
    fault_of,
)
from app.domain.grievance import within
from app.domain.operation import OperationDraft
from app.domain.paper.fill import fill
from app.domain.paper.markup import Template
from app.domain.query_code import LENGTH, query_code
from app.domain.rights import Act
from app.domain.supervision import CardRule
from app.ports.clock import Clock
from app.ports.spool import PrintJob
from app.ports.store import Store
from app.usecases.acting import require
from app.usecases.case_record import queue_slip
from app.usecases.taking_in import counting, published


class ComplaintRefused(Exception):  # noqa: N818 - a business "no"
    """The complaint is not registered as it stands; nothing was changed."""

    def __init__(self, reason: ComplaintFault) -> None:
        super().__init__(reason.value)
        self.reason = reason


def register_complaint(
    store: Store, clock: Clock, templates: Mapping[str, Template], said: ComplaintSaid, by: Clerk
) -> tuple[str, PrintJob]:
    """Register it and queue its receipt; returns its number and the job.

    The operation carries who complains under the seal of the log; no window's screen shows it afterwards.

    Raises:
        ActRefused: no right, the day is not open, or no catalogue yet.
        ComplaintRefused: what was typed is not enough, too much, or about this very window.
    """
    require(by, Act.TAKE_COMPLAINT)
    with store.begin() as work:
        at, catalogue = counting(work, clock, by, None), published(work)
        fault = fault_of(said, catalogue.windows, at.window)
        if fault is not None:
            raise ComplaintRefused(fault)
        due = within(CardRule.COMPLAINT, at.today, catalogue.cards, at.calendar)
        number = complaint_number(at.today, at.counter, work.take_serial(complaint_series(at.today)))
        code = query_code(clock.random_bytes(LENGTH))
        receipt = ComplaintReceipt(number, code, due, by.number, at.now_ms)
        work.append(
            OperationDraft(
                kind="complaint.registered",
                entity="complaint",
                entity_id=number,
                payload={
                    "number": number,
                    "target": said.target,
                    "channel": said.channel.value,
                    "received_ms": at.now_ms,
                    "reply_due": due.date.isoformat(),
                    "query_code": code,
                    "name": said.name,
                    "phone": said.phone,
                    "words": said.words,
                    "wish": said.wish,
                },
                actor=by.at(at.window),
            )
        )
        fields = complaint_fields(said, receipt, catalogue)
        return number, queue_slip(work, clock, fill(templates[COMPLAINT_SLIP], fields), None)
