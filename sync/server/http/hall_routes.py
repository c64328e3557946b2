"""The queue of a hall for other programs: numbers, calls, state and hints (design.md, One program)."""

from functools import partial
from typing import TYPE_CHECKING, Annotated

from litestar import Response, get, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import HeaderParameter
from litestar.response import Stream

from app.domain.rights import Act
from sync.protocol.block_messages import ReserveBlock, ReservedBlock
from sync.protocol.messages import (
    CallChosen,
    HallState,
    IssueTicket,
    NumberSlip,
    TicketCalled,
    TicketIssued,
    TicketRevived,
)
from sync.server.http.identity import Asked, caller_of, hints_of, identified, server_of, service_of
from sync.server.http.refusals import REFUSALS
from sync.server.service.call_next import Call
from sync.server.service.hall_state import hall_state, heads
from sync.server.service.number_slip import number_slip
from sync.server.service.revive_ticket import revive_ticket

if TYPE_CHECKING:
    from sync.server.http.together import Together

Key = Annotated[str, HeaderParameter(name="Idempotency-Key", min_length=1, max_length=128)]


@post("/v1/halls/{hall:str}/tickets", guards=[identified], responses=REFUSALS, status_code=201, sync_to_thread=True)
def issue_ticket(request: Asked, hall: str, data: IssueTicket, key: Key) -> TicketIssued:
    """Give out a number."""
    return server_of(request).issue_ticket(hall, data, key)


@post(
    "/v1/halls/{hall:str}/windows/{window:str}/call-next",
    guards=[identified],
    status_code=200,
    responses={**REFUSALS, 204: ResponseSpec(None, description="Nobody waits", generate_examples=False)},
)
async def call_next(request: Asked, hall: str, window: str, key: Key) -> Response[TicketCalled | None]:
    """Reserve and call the next ticket in one act; 204 when nobody waits."""
    calls: Together[Call, TicketCalled | None] = request.app.state.calls
    called = await calls.ask(hall, Call(caller_of(request), hall, window, key))
    return Response(called, status_code=200 if called else 204)


@post(
    "/v1/halls/{hall:str}/windows/{window:str}/call",
    guards=[identified],
    responses=REFUSALS,
    status_code=200,
    sync_to_thread=True,
)
def call_chosen(request: Asked, hall: str, window: str, data: CallChosen, key: Key) -> TicketCalled:
    """Call one number out of turn, for a reason."""
    return server_of(request).call_chosen(hall, window, data, key)


@post(
    "/v1/halls/{hall:str}/windows/{window:str}/block",
    guards=[identified],
    responses=REFUSALS,
    status_code=200,
    sync_to_thread=True,
)
def reserve_block(request: Asked, hall: str, window: str, data: ReserveBlock, key: Key) -> ReservedBlock:
    """Reserve numbers for a window that is about to work cut off."""
    return server_of(request).reserve_block(hall, window, data, key)


@post(
    "/v1/halls/{hall:str}/tickets/{number:str}/revive",
    guards=[identified],
    responses=REFUSALS,
    status_code=200,
    sync_to_thread=True,
)
def revive(request: Asked, hall: str, number: str, key: Key) -> TicketRevived:
    """Put a missed ticket into the line again, three places back."""
    return revive_ticket(service_of(request).context, caller_of(request), hall, number, key)


@get("/v1/halls/{hall:str}/tickets/{number:str}/slip", guards=[identified], responses=REFUSALS, sync_to_thread=True)
def slip(request: Asked, hall: str, number: str) -> NumberSlip:
    """Return the fields of the paper of a number (SL-01)."""
    return number_slip(service_of(request).context, caller_of(request), hall, number)


@get("/v1/halls/{hall:str}/state", guards=[identified], responses=REFUSALS, sync_to_thread=True)
def state(request: Asked, hall: str) -> HallState:
    """Return what board and dashboard show."""
    return hall_state(service_of(request).context, caller_of(request), hall)


@get("/v1/halls/{hall:str}/stream", guards=[identified], responses=REFUSALS)
async def stream(request: Asked, hall: str) -> Stream:
    """Send server-sent events that carry only hall and head."""
    caller_of(request).require(Act.SEE_HALL, hall)
    events = hints_of(request).stream(hall, partial(heads, service_of(request).context))
    return Stream(events, media_type="text/event-stream", headers={"Cache-Control": "no-store"})


ROUTES = (issue_ticket, revive, slip, call_next, call_chosen, reserve_block, state, stream)
