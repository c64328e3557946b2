"""The messages of the wire, once for both ends (sync.md section 1). Unknown fields are refused."""

from datetime import date
from typing import Annotated, Any

import msgspec
from msgspec import Meta

MAX_OPERATIONS = 200
"""Operations in one push, at most."""
MAX_PUSH_BYTES = 1 << 20
MAX_PAGE = 500
"""Events in one pull page, at most."""
MOST_NAMED = 10_000
"""Cases, and as many first contacts, that a snapshot tells by name."""

Key = Annotated[str, Meta(max_length=64)]


class Message(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of all messages."""


class RegisterCounter(Message, frozen=True):
    """A counter with a fresh store makes itself known; ``public_key`` is Ed25519, 64 hex characters."""

    incarnation: str
    public_key: str


class Registration(Message, frozen=True):
    """``counter`` is the four-digit registration number, never reused."""

    device: str
    counter: str
    centre: str
    hall: str
    window: str
    server_incarnation: str


class OpenSession(Message, frozen=True):
    """A clerk signs in at a counter."""

    clerk: str
    password: str


class SessionOpened(Message, frozen=True):
    """What the counter needs to know of the clerk, also for signing in offline during ``offline_until_ms``."""

    session: str
    clerk: str
    name: str
    department: str
    roles: list[str]
    windows: list[str]
    items: list[str]
    offline_until_ms: int


class Push(Message, frozen=True):
    """Operations in sequence order, each as ``app.domain.operation.to_wire`` spells it."""

    device: str
    incarnation: str
    first_seq: int
    ops: list[dict[str, Any]]


class OperationResult(Message, frozen=True):
    """``status`` is applied, duplicate, conflict or rejected; ``reason`` a code for the last two."""

    seq: int
    status: str
    reason: str | None = None


class PushResult(Message, frozen=True):
    """``acked_seq`` is the highest sequence the server holds durably; everything up to it may leave the outbox."""

    acked_seq: int
    results: list[OperationResult]
    server_incarnation: str
    server_time: int


class Event(Message, frozen=True):
    """One change of the hall: the entity's whole new state under the hall's next number."""

    seq: int
    entity: str
    entity_id: str
    rev: int
    data: dict[str, Any]


class Page(Message, frozen=True):
    """``next`` is the cursor after this page, ``head`` the newest number, ``floor`` the oldest still held."""

    events: list[Event]
    next: int
    head: int
    floor: int
    server_incarnation: str


class Named(Message, frozen=True):
    """Keys of the rows that a counter follows by name: it has records of these cases and first contacts."""

    case: Annotated[list[Key], Meta(max_length=MOST_NAMED)] = []
    contact: Annotated[list[Key], Meta(max_length=MOST_NAMED)] = []


NOTHING_NAMED = Named()


class Snapshot(Message, frozen=True):
    """The mirrored tables of the hall as they stand at ``cursor``: what counts (``app.domain.standing``), and more."""

    cursor: int
    server_incarnation: str
    tables: dict[str, list[dict[str, Any]]]


class TableDigest(Message, frozen=True):
    """Count and hash of one mirrored table (``app.domain.feed.table_digest``)."""

    count: int
    hash: str


class Digest(Message, frozen=True, omit_defaults=True):
    """Digests of all mirrored tables at ``cursor``.

    Tickets count from the business date ``since`` (ISO) on, and older ones where they are live (``app.domain.ticket``);
    what is over counts from the business date ``kept_from`` on (``app.domain.standing``),
    all of it where that is empty.
    """

    cursor: int
    tables: dict[str, TableDigest]
    since: str = ""
    kept_from: str = ""

    def __post_init__(self) -> None:
        """Refuse what is no day: both ends go by these."""
        for day in filter(None, (self.since, self.kept_from)):
            if date.fromisoformat(day).isoformat() != day:
                raise ValueError("not a business date")


class IssueTicket(Message, frozen=True):
    """A citizen takes a number; ``priority`` is a code of the catalogue or null."""

    business: str
    priority: str | None = None


class TicketIssued(Message, frozen=True):
    """``eta_minutes`` is null while fewer than five closed tickets of the business are known."""

    id: str
    number: str
    ahead: int
    eta_minutes: int | None


class TicketCalled(Message, frozen=True):
    """The ticket as the authority now holds it; ``reason`` says in words why it is the next one."""

    id: str
    number: str
    business: str
    priority: str | None
    rev: int
    issued_ms: int
    called_ms: int
    window: str
    reason: str | None = None


class CallChosen(Message, frozen=True):
    """A window calls a number out of turn; ``reason`` is urgent, correction, manager or other."""

    number: str
    reason: str


class TicketRevived(Message, frozen=True):
    """A missed ticket stands in line again, with so many before it."""

    id: str
    number: str
    ahead: int


class NumberSlip(Message, frozen=True, omit_defaults=True):
    """The fields of slip SL-01 for a number that was given out; those without a value are left out."""

    hall: str
    ticket_no: str
    biz: str
    zone: str
    windows: str
    issued_at: str
    miss_place: str
    miss_n: int
    hall_tel: str
    ahead: int
    eta: int | None = None
    priority: str | None = None
    qr: str | None = None


class BusinessState(Message, frozen=True):
    """The queue of one business; ``oldest_issued_ms`` is null when nobody waits."""

    code: str
    name: str
    waiting: int
    oldest_issued_ms: int | None


class WindowState(Message, frozen=True):
    """One window; ``state`` is called or serving, null like ``ticket`` when it has none; ``open`` once its day is.

    ``status`` is what it does now, as ``app.domain.floor.WindowStatus``.
    """

    window: str
    businesses: list[str]
    open: bool
    ticket: str | None
    state: str | None
    called_ms: int | None
    status: str = ""


class HallCall(Message, frozen=True):
    """A call of the last minutes, for a display."""

    number: str
    window: str
    called_ms: int


class HallState(Message, frozen=True):
    """What board and dashboard show, at feed position ``head``; ``calls`` newest first, ``notice`` the manager's."""

    hall: str
    head: int
    server_time: int
    business_date: str
    businesses: list[BusinessState]
    windows: list[WindowState]
    calls: tuple[HallCall, ...] = ()
    notice: str | None = None


class Hint(Message, frozen=True):
    """All that the event stream carries: data always comes from pull or state."""

    hall: str
    head: int


class CatalogueSubmitted(Message, frozen=True):
    """A version that passed the gate waits for its second person.

    ``warnings`` are sentences about what does not hold it back: a self-made material without blank form or sample.
    """

    version: int
    warnings: list[str] = []


class CataloguePublished(Message, frozen=True):
    """A version is in the feed."""

    version: int
    submitted_by: str
    approved_by: str


class CalendarYear(Message, frozen=True):
    """One year of the working-day calendar; ``table`` as ``app.domain.calendar`` reads it."""

    year: int
    table: dict[str, Any]


class CalendarTaken(Message, frozen=True):
    """The year's revision in the feed, and in how many open cases a date changed.

    ``waits``: nothing changed yet; another administrator has to bring the same table.
    """

    year: int
    rev: int
    moved: int = 0
    waits: bool = False


class CatalogueProblem(Message, frozen=True):
    """One thing the publish gate says no to: where in the document, and in which line of the file."""

    code: str
    path: str
    line: int | None
    message: str


class Refusal(Message, frozen=True, omit_defaults=True):
    """The one shape of every "no" over HTTP; what a code does not need is left out.

    ``code``, ``path``, ``line`` and ``problems`` belong to ``catalogue_invalid``: the first problem, then all.
    """

    error: str
    message: str
    expected_seq: int | None = None
    code: str | None = None
    path: str | None = None
    line: int | None = None
    problems: list[CatalogueProblem] | None = None
