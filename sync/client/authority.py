"""The hall's server as the use cases know it: who is next, and who is this clerk."""

from collections.abc import Sequence

from app.domain.chosen import ChosenCall
from app.domain.clerk import Clerk
from app.domain.floor import WindowStatus
from app.domain.referral import TakenNumber
from app.domain.rights import Role
from app.domain.ticket import Ticket, TicketState
from app.domain.transfer import WindowLine
from app.ports.clerk_authority import SignInRefused
from app.ports.queue_authority import AuthorityRefused, AuthorityUnreachable, WindowBusy
from sync.protocol.block_messages import ReserveBlock
from sync.protocol.interface import CentralServer, Refused, Unreachable
from sync.protocol.messages import CallChosen, IssueTicket, OpenSession, SessionOpened, TicketCalled

NO_ANSWER = frozenset({"internal", "overloaded", "server_full"})
"""Refusals that say nothing of what was asked: the server failed, or took nothing in just now."""


class HallAuthority:
    """Implements ``QueueAuthority`` and ``ClerkAuthority`` over the wire."""

    def __init__(self, server: CentralServer, hall: str) -> None:
        self._server = server
        self.hall = hall
        self.session: str | None = None
        """The bearer token of who signed in last; it stands for that person."""

    def call_next(self, window: str, key: str) -> Ticket | None:
        """See ``QueueAuthority``."""
        try:
            called = self._server.call_next(self.hall, window, key)
        except Unreachable as error:
            raise AuthorityUnreachable from error
        except Refused as refusal:
            raise _refused(refusal) from refusal
        return None if called is None else _ticket(called, self.hall)

    def call_chosen(self, window: str, choice: ChosenCall, key: str) -> Ticket:
        """See ``QueueAuthority``."""
        request = CallChosen(number=choice.number, reason=choice.reason.value)
        try:
            return _ticket(self._server.call_chosen(self.hall, window, request, key), self.hall)
        except Unreachable as error:
            raise AuthorityUnreachable from error
        except Refused as refusal:
            raise _refused(refusal) from refusal

    def lines(self) -> Sequence[WindowLine]:
        """See ``QueueAuthority``."""
        try:
            state = self._server.hall_state(self.hall)
        except Unreachable as error:
            raise AuthorityUnreachable from error
        except Refused as refusal:
            raise _refused(refusal) from refusal
        waiting = {each.code: each.waiting for each in state.businesses}
        return [
            WindowLine(
                window=each.window,
                businesses=tuple(each.businesses),
                waiting=sum(waiting.get(code, 0) for code in each.businesses),
                open=each.open and each.status != WindowStatus.PAUSED,
            )
            for each in state.windows
        ]

    def take_number(self, business: str, key: str) -> TakenNumber:
        """See ``QueueAuthority``."""
        try:
            issued = self._server.issue_ticket(self.hall, IssueTicket(business=business), key)
        except Unreachable as error:
            raise AuthorityUnreachable from error
        except Refused as refusal:
            raise _refused(refusal) from refusal
        return TakenNumber(issued.number, issued.ahead)

    def reserve_block(self, window: str, count: int, key: str) -> int:
        """See ``BlockAuthority``."""
        try:
            block = self._server.reserve_block(self.hall, window, ReserveBlock(count=count), key)
        except Unreachable as error:
            raise AuthorityUnreachable from error
        except Refused as refusal:
            raise _refused(refusal) from refusal
        return block.epoch

    def sign_in(self, clerk: str, password: str) -> Clerk:
        """See ``ClerkAuthority``."""
        try:
            opened = self._server.open_session(OpenSession(clerk=clerk, password=password))
        except Unreachable as error:
            raise AuthorityUnreachable from error
        except Refused as refusal:
            if refusal.code in NO_ANSWER:
                # A server that fails says nothing about the clerk: what was kept of the last sign-in decides.
                raise AuthorityUnreachable from refusal
            raise SignInRefused(refusal.code) from refusal
        self.session = opened.session
        return _clerk(opened)


def _refused(refusal: Refused) -> AuthorityRefused | AuthorityUnreachable:
    if refusal.code == "window_busy":
        return WindowBusy()
    # The server failed half-way: whether it acted is unknown, so the key must stay.
    return AuthorityUnreachable() if refusal.code in NO_ANSWER else AuthorityRefused(refusal.code)


def _ticket(called: TicketCalled, hall: str) -> Ticket:
    return Ticket(
        ticket_id=called.id,
        hall=hall,
        number=called.number,
        business=called.business,
        state=TicketState.CALLED,
        rev=called.rev,
        issued_ms=called.issued_ms,
        priority=called.priority,
        window=called.window,
        called_ms=called.called_ms,
    )


def _clerk(opened: SessionOpened) -> Clerk:
    known = {role.value for role in Role}
    return Clerk(
        number=opened.clerk,
        name=opened.name,
        department=opened.department,
        roles=frozenset(Role(each) for each in opened.roles if each in known),
        windows=tuple(opened.windows),
        items=tuple(opened.items),
        offline_until_ms=opened.offline_until_ms,
    )
