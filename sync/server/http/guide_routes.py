"""The guide desk over HTTP: what it shows, and a priority given; numbers come from the routes every giver uses."""

from typing import Annotated

from litestar import get, post
from litestar.params import HeaderParameter

from app.domain.rights import Act
from sync.protocol.floor_messages import FloorDone, GivePriority
from sync.protocol.guide_messages import GuideState
from sync.server.http.identity import Asked, caller_of, identified, service_of
from sync.server.http.refusals import REFUSALS
from sync.server.service.guide_state import guide_state
from sync.server.service.put_first import put_first

Key = Annotated[str, HeaderParameter(name="Idempotency-Key", min_length=1, max_length=128)]
BASE = "/v1/halls/{hall:str}/guide"


@get(BASE, guards=[identified], responses=REFUSALS, sync_to_thread=True)
def state(request: Asked, hall: str) -> GuideState:
    """Return what the guide desk's view shows."""
    return guide_state(service_of(request).context, caller_of(request), hall)


@post(
    BASE + "/tickets/{number:str}/priority",
    guards=[identified],
    responses=REFUSALS,
    status_code=200,
    sync_to_thread=True,
)
def priority(request: Asked, hall: str, number: str, data: GivePriority, key: Key) -> FloorDone:
    """Put a waiting ticket before the others, for a reason of the catalogue."""
    context = service_of(request).context
    return put_first(context, caller_of(request), hall, number, data, key=key, act=Act.GIVE_PRIORITY)


ROUTES = (state, priority)
