"""What windows say of complaints: kept under seal, with a card for those who answer them (domain rules I39, I40)."""

import re
from dataclasses import dataclass
from datetime import date

from app.domain.complaint import ComplaintChannel, ComplaintSaid, fault_of
from app.domain.grievance import Grievance, GrievanceKind, Said
from app.domain.operation import Operation
from sync.server.service.desk import Desk, Parked, Reason, payload_of
from sync.server.service.grievances import keep
from sync.server.service.tokens import token_hash
from sync.server.storage import grievances
from sync.server.storage.clerks import Profile
from sync.server.storage.feed import Change

_NUMBER = re.compile(r"TS[0-9]{8}-[0-9]{4}-[0-9]{4}")


@dataclass(frozen=True, slots=True)
class _Complaint:
    number: str
    target: str
    channel: ComplaintChannel
    received_ms: int
    reply_due: str
    query_code: str
    name: str
    phone: str
    words: str
    wish: str


def complaint_registered(desk: Desk, operation: Operation, _actor: Profile) -> list[Change]:
    """Keep the complaint and hang up its card; one whose clerk is whom it is about is not taken."""
    told = payload_of(operation, _Complaint)
    said = ComplaintSaid(told.words, told.target, told.name, told.phone, told.wish, told.channel)
    windows = desk.context.plan(desk.connection, desk.hall).calls
    wrong = not _NUMBER.fullmatch(told.number) or told.number != operation.entity_id or not _is_date(told.reply_due)
    if wrong or operation.entity != "complaint" or fault_of(said, windows, desk.window) is not None:
        raise Parked(Reason.MALFORMED_PAYLOAD)
    if grievances.get(desk.connection, desk.hall, told.number) is not None:
        raise Parked(Reason.DUPLICATE_NUMBER)
    new = Grievance(
        number=told.number,
        kind=GrievanceKind.COMPLAINT,
        window=told.target,
        received_ms=min(told.received_ms, desk.context.clock.now_ms()),
        contact_due=None,
        reply_due=told.reply_due,
        named=said.named,
    )
    sealed = Said(told.name, told.phone, told.words, told.wish)
    code = token_hash(f"{told.number}/{told.query_code}")
    return keep(desk.context, desk.connection, desk.hall, new, sealed, code_hash=code)


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
