"""The floor manager's view over HTTP: what it shows, and what it does; every act under an idempotency key."""

from typing import Annotated

from litestar import get, post
from litestar.params import HeaderParameter

from sync.protocol.block_messages import ReserveBlock
from sync.protocol.floor_messages import (
    AssignWindow,
    FenceWindow,
    FloorDone,
    FloorState,
    FloorTicket,
    GivePriority,
    HallNotice,
    HandleAlarm,
    RehomeTickets,
    TellWindow,
)
from sync.server.http.identity import Asked, caller_of, identified, service_of
from sync.server.http.refusals import REFUSALS
from sync.server.service.answer_help import answer_help
from sync.server.service.fence_window import fence_window
from sync.server.service.find_ticket import find_ticket
from sync.server.service.floor_state import floor_state
from sync.server.service.hall_notice import set_notice
from sync.server.service.handle_alarm import handle_alarm
from sync.server.service.order_window import assign_window, open_window, tell_window
from sync.server.service.put_first import put_first
from sync.server.service.rehome import rehome_tickets
from sync.server.service.reserve_block import prepare_window

Key = Annotated[str, HeaderParameter(name="Idempotency-Key", min_length=1, max_length=128)]
BASE = "/v1/halls/{hall:str}/floor"
WINDOW = BASE + "/windows/{window:str}"


@get(BASE, guards=[identified], responses=REFUSALS, sync_to_thread=True)
def state(request: Asked, hall: str) -> FloorState:
    """Return what the manager's view shows."""
    return floor_state(service_of(request).context, caller_of(request), hall)


@get(BASE + "/tickets/{number:str}", guards=[identified], responses=REFUSALS, sync_to_thread=True)
def ticket(request: Asked, hall: str, number: str) -> FloorTicket:
    """Return where today's ticket of that number is."""
    return find_ticket(service_of(request).context, caller_of(request), hall, number)


@post(WINDOW + "/open", guards=[identified], responses=REFUSALS, status_code=200, sync_to_thread=True)
def open_one(request: Asked, hall: str, window: str, key: Key) -> FloorDone:
    """Open a window."""
    return open_window(service_of(request).context, caller_of(request), hall, window, key, on=True)


@post(WINDOW + "/close", guards=[identified], responses=REFUSALS, status_code=200, sync_to_thread=True)
def close_one(request: Asked, hall: str, window: str, key: Key) -> FloorDone:
    """Close a window after its running case; the answer lists the tickets it still holds."""
    return open_window(service_of(request).context, caller_of(request), hall, window, key, on=False)


@post(WINDOW + "/businesses", guards=[identified], responses=REFUSALS, status_code=200, sync_to_thread=True)
def assign(request: Asked, hall: str, window: str, data: AssignWindow, key: Key) -> FloorDone:
    """Let a window call other businesses from its next call on; null goes back to the catalogue."""
    return assign_window(service_of(request).context, caller_of(request), hall, window, data, key=key)


@post(WINDOW + "/message", guards=[identified], responses=REFUSALS, status_code=200, sync_to_thread=True)
def tell(request: Asked, hall: str, window: str, data: TellWindow, key: Key) -> FloorDone:
    """Send a window a message."""
    return tell_window(service_of(request).context, caller_of(request), hall, window, data, key=key)


@post(WINDOW + "/rehome", guards=[identified], responses=REFUSALS, status_code=200, sync_to_thread=True)
def rehome(request: Asked, hall: str, window: str, data: RehomeTickets, key: Key) -> FloorDone:
    """Send the tickets a window holds back to their line or to another window; the answer lists what had to stay."""
    return rehome_tickets(service_of(request).context, caller_of(request), hall, window, data, key=key)


@post(WINDOW + "/block", guards=[identified], responses=REFUSALS, status_code=200, sync_to_thread=True)
def prepare(request: Asked, hall: str, window: str, data: ReserveBlock, key: Key) -> FloorDone:
    """Reserve numbers for a window that is to work cut off."""
    return prepare_window(service_of(request).context, caller_of(request), hall, window, data, key=key)


@post(WINDOW + "/fence", guards=[identified], responses=REFUSALS, status_code=200, sync_to_thread=True)
def fence(request: Asked, hall: str, window: str, data: FenceWindow, key: Key) -> FloorDone:
    """Say which of its reserved numbers a cut-off window called; the others go back into line."""
    return fence_window(service_of(request).context, caller_of(request), hall, window, data, key=key)


@post(BASE + "/notice", guards=[identified], responses=REFUSALS, status_code=200, sync_to_thread=True)
def notice(request: Asked, hall: str, data: HallNotice, key: Key) -> FloorDone:
    """Show a notice on the hall's displays."""
    return set_notice(service_of(request).context, caller_of(request), hall, data, key)


@post(BASE + "/alarms", guards=[identified], responses=REFUSALS, status_code=200, sync_to_thread=True)
def alarm(request: Asked, hall: str, data: HandleAlarm, key: Key) -> FloorDone:
    """Say that somebody saw to an alarm."""
    return handle_alarm(service_of(request).context, caller_of(request), hall, data, key)


@post(
    BASE + "/helps/{call_id:str}/answer", guards=[identified], responses=REFUSALS, status_code=200, sync_to_thread=True
)
def answer(request: Asked, hall: str, call_id: str, key: Key) -> FloorDone:
    """Say that somebody goes to the window that asked for help."""
    return answer_help(service_of(request).context, caller_of(request), hall, call_id, key)


@post(
    BASE + "/tickets/{number:str}/priority",
    guards=[identified],
    responses=REFUSALS,
    status_code=200,
    sync_to_thread=True,
)
def priority(request: Asked, hall: str, number: str, data: GivePriority, key: Key) -> FloorDone:
    """Put a waiting ticket before the others."""
    return put_first(service_of(request).context, caller_of(request), hall, number, data, key=key)


ROUTES = (state, ticket, open_one, close_one, assign, tell, rehome, prepare, fence, notice, alarm, answer, priority)
