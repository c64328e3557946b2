"""The endpoints of ``CentralServer`` under /v1/sync, with registration and sign-in (sync.md section 1)."""

from typing import Annotated

from litestar import get, post
from litestar.params import HeaderParameter, Parameter

from sync.protocol.messages import (
    MAX_PAGE,
    Digest,
    Named,
    OpenSession,
    Page,
    Push,
    PushResult,
    RegisterCounter,
    Registration,
    SessionOpened,
    Snapshot,
)
from sync.server.http.identity import Asked, caller_of, identified, identified_if_tokened, server_of, service_of
from sync.server.http.refusals import REFUSALS
from sync.server.service import read_feed
from sync.server.service.caller import Caller
from sync.server.service.open_session import open_session

OptionalKey = Annotated[str | None, HeaderParameter(name="Idempotency-Key", min_length=1, max_length=128)]
Limit = Annotated[int, Parameter(ge=1, le=MAX_PAGE)]


@post("/v1/counters", guards=[identified], responses=REFUSALS, status_code=200, sync_to_thread=True)
def register(request: Asked, data: RegisterCounter) -> Registration:
    """Give a counter its registration number; idempotent by incarnation and key."""
    return server_of(request).register(data)


@post("/v1/sessions", guards=[identified_if_tokened], responses=REFUSALS, status_code=200, sync_to_thread=True)
def sign_in(request: Asked, data: OpenSession, key: OptionalKey = None) -> SessionOpened:
    """Sign a person in: a clerk by the counter's token, an administrator without any; the session is a bearer token."""
    return open_session(service_of(request).context, request.state.caller, data, key)


@post("/v1/sync/push", guards=[identified], responses=REFUSALS, status_code=200)
async def push(request: Asked, data: Push) -> PushResult:
    """Take operations in; idempotent by device, incarnation and sequence."""
    caller, together = caller_of(request), request.app.state.pushes
    answer: PushResult = await together.ask(caller.hall, (caller, data))
    return answer


def weight(pushed: tuple[Caller, Push]) -> int:
    """Return what a push counts among those that one transaction takes in: its operations."""
    return max(1, len(pushed[1].ops))


@get("/v1/sync/pull", guards=[identified], responses=REFUSALS, sync_to_thread=True)
def pull(request: Asked, hall: str, cursor: int, limit: Limit = MAX_PAGE) -> Page:
    """Return the events after the cursor."""
    return server_of(request).pull(hall, cursor, limit)


@get("/v1/sync/snapshot", guards=[identified], responses=REFUSALS, sync_to_thread=True)
def snapshot(request: Asked, hall: str) -> Snapshot:
    """Return all mirrored tables at one cursor, for counters of an older program."""
    return read_feed.snapshot(service_of(request).context, request.state.caller, hall)


@post("/v1/sync/snapshot", guards=[identified], responses=REFUSALS, status_code=200, sync_to_thread=True)
def standing(request: Asked, hall: str, data: Named) -> Snapshot:
    """Return of all mirrored tables what counts at one cursor, and what is named."""
    return read_feed.snapshot(service_of(request).context, request.state.caller, hall, data)


@get("/v1/sync/digest", guards=[identified], responses=REFUSALS, sync_to_thread=True)
def digest(request: Asked, hall: str, *, standing: bool = False) -> Digest:
    """Return count and hash of every mirrored table at the head, or of what counts in it."""
    return read_feed.digest(service_of(request).context, request.state.caller, hall, standing=standing)


ROUTES = (register, sign_in, push, pull, snapshot, standing, digest)
