"""The service as one object, and its face for one caller: what HTTP and the simulation both speak to."""

from collections.abc import Callable

import msgspec

from app.ports.clock import Clock
from sync.protocol.block_messages import ReserveBlock, ReservedBlock
from sync.protocol.messages import (
    NOTHING_NAMED,
    CallChosen,
    Digest,
    HallState,
    IssueTicket,
    Named,
    OpenSession,
    Page,
    Push,
    PushResult,
    RegisterCounter,
    Registration,
    SessionOpened,
    Snapshot,
    TicketCalled,
    TicketIssued,
)
from sync.server.service import read_feed, tokens
from sync.server.service.call_chosen import call_chosen
from sync.server.service.call_next import call_next
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.hall_state import hall_state
from sync.server.service.heard import heard_from
from sync.server.service.issue_ticket import issue_ticket
from sync.server.service.open_session import open_session
from sync.server.service.push import push
from sync.server.service.register import register
from sync.server.service.reserve_block import reserve_block
from sync.server.service.restored import pulled
from sync.server.storage.cipher import Cipher
from sync.server.storage.engine import Storage


class CentralService:
    """Every verb is a function on ``context``; no state of its own, so that several processes may serve one store."""

    def __init__(
        self, storage: Storage, clock: Clock, cipher: Cipher, changed: Callable[[str], None] = lambda _hall: None
    ) -> None:
        self.context = Context(storage, clock, cipher, changed)

    def authenticate(self, token: str) -> Caller:
        """Return who holds the bearer token.

        Raises:
            Refused: ``unauthorised``.
        """
        return tokens.authenticate(self.context, token)

    def as_caller(self, caller: Caller) -> "CallersServer":
        """Return the ``CentralServer`` of one caller."""
        return CallersServer(self.context, caller)


class CallersServer:
    """Implements ``sync.protocol.interface.CentralServer`` in this process."""

    def __init__(self, context: Context, caller: Caller) -> None:
        self._context = context
        self._caller = caller

    def register(self, request: RegisterCounter) -> Registration:
        """See ``CentralServer``."""
        return register(self._context, self._caller, request)

    def open_session(self, request: OpenSession) -> SessionOpened:
        """See ``CentralServer``."""
        return open_session(self._context, self._caller, request)

    def push(self, request: Push) -> PushResult:
        """See ``CentralServer``."""
        return push(self._context, self._caller, request)

    def pull(self, hall: str, cursor: int, limit: int) -> Page:
        """See ``CentralServer``."""
        page = read_feed.pull(self._context, self._caller, hall, cursor, limit)
        pulled(self._context, self._caller, hall)
        heard_from(self._context, self._caller)
        return page

    def snapshot(self, hall: str, named: Named = NOTHING_NAMED) -> Snapshot:
        """See ``CentralServer``."""
        said = msgspec.json.encode(read_feed.snapshot(self._context, self._caller, hall, named))
        return msgspec.json.decode(said, type=Snapshot)

    def digest(self, hall: str) -> Digest:
        """See ``CentralServer``."""
        return read_feed.digest(self._context, self._caller, hall, standing=True)

    def issue_ticket(self, hall: str, request: IssueTicket, key: str) -> TicketIssued:
        """See ``CentralServer``."""
        return issue_ticket(self._context, self._caller, hall, request, key)

    def call_chosen(self, hall: str, window: str, request: CallChosen, key: str) -> TicketCalled:
        """See ``CentralServer``."""
        return call_chosen(self._context, self._caller, hall, window, request, key=key)

    def hall_state(self, hall: str) -> HallState:
        """See ``CentralServer``."""
        return hall_state(self._context, self._caller, hall)

    def call_next(self, hall: str, window: str, key: str) -> TicketCalled | None:
        """See ``CentralServer``."""
        return call_next(self._context, self._caller, hall, window, key)

    def reserve_block(self, hall: str, window: str, request: ReserveBlock, key: str) -> ReservedBlock:
        """See ``CentralServer``."""
        return reserve_block(self._context, self._caller, hall, window, request, key=key)
