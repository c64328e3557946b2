"""The messages of the wire, once for both ends (sync.md section 1). Unknown fields are refused."""

from typing import Any

import msgspec

MAX_OPERATIONS = 200
"""Operations in one push, at most."""
MAX_PUSH_BYTES = 1 << 20
MAX_PAGE = 500
"""Events in one pull page, at most."""


class Message(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of all messages."""


class RegisterCounter(Message):
    """A counter with a fresh store makes itself known; ``public_key`` is Ed25519, 64 hex characters."""

    incarnation: str
    public_key: str


class Registration(Message):
    """``counter`` is the four-digit registration number, never reused."""

    device: str
    counter: str
    centre: str
    hall: str
    window: str
    server_incarnation: str


class OpenSession(Message):
    """A clerk signs in at a counter."""

    clerk: str
    password: str


class SessionOpened(Message):
    """What the counter needs to know of the clerk, also for signing in offline during ``offline_until_ms``."""

    session: str
    clerk: str
    name: str
    department: str
    roles: list[str]
    windows: list[str]
    items: list[str]
    offline_until_ms: int


class Push(Message):
    """Operations in sequence order, each as ``app.domain.operation.to_wire`` spells it."""

    device: str
    incarnation: str
    first_seq: int
    ops: list[dict[str, Any]]


class OperationResult(Message):
    """``status`` is applied, duplicate, conflict or rejected; ``reason`` a code for the last two."""

    seq: int
    status: str
    reason: str | None = None


class PushResult(Message):
    """``acked_seq`` is the highest sequence the server holds durably; everything up to it may leave the outbox."""

    acked_seq: int
    results: list[OperationResult]
    server_incarnation: str
    server_time: int


class Event(Message):
    """One change of the hall: the entity's whole new state under the hall's next number."""

    seq: int
    entity: str
    entity_id: str
    rev: int
    data: dict[str, Any]


class Page(Message):
    """``next`` is the cursor after this page, ``head`` the newest number, ``floor`` the oldest still held."""

    events: list[Event]
    next: int
    head: int
    floor: int
    server_incarnation: str


class Snapshot(Message):
    """All mirrored tables of the hall as they stand at ``cursor``."""

    cursor: int
    server_incarnation: str
    tables: dict[str, list[dict[str, Any]]]


class TableDigest(Message):
    """Count and hash of one mirrored table (``app.domain.feed.table_digest``)."""

    count: int
    hash: str


class Digest(Message):
    """Digests of all mirrored tables at ``cursor``."""

    cursor: int
    tables: dict[str, TableDigest]


class IssueTicket(Message):
    """A citizen takes a number; ``priority`` is a code of the catalogue or null."""

    business: str
    priority: str | None = None


class TicketIssued(Message):
    """``eta_minutes`` is null while fewer than five closed tickets of the business are known."""

    id: str
    number: str
    ahead: int
    eta_minutes: int | None


class TicketCalled(Message):
    """The ticket as the authority now holds it."""

    id: str
    number: str
    business: str
    priority: str | None
    rev: int
    issued_ms: int
    called_ms: int
    window: str


class Refusal(Message):
    """The one shape of every "no" over HTTP."""

    error: str
    message: str
    expected_seq: int | None = None
    line: int | None = None
