"""How a computer of the hall gets its identity: an administrator asks for a code, the computer uses it once."""

from typing import Annotated

from litestar import post
from litestar.params import Body, HeaderParameter

from sync.protocol.enrolment_messages import CodeIssued, DeviceEnrolled, IssueCode, TakeCode
from sync.server.http.identity import Asked, caller_of, identified, service_of
from sync.server.http.refusals import REFUSALS
from sync.server.pages.visitor import MAX_FORM_BYTES, address_of, attempts_of
from sync.server.service.issue_code import issue_code
from sync.server.service.take_code import take_code

Key = Annotated[str, HeaderParameter(name="Idempotency-Key", min_length=1, max_length=128)]


@post(
    "/v1/halls/{hall:str}/enrolment-codes",
    guards=[identified],
    responses=REFUSALS,
    status_code=201,
    sync_to_thread=True,
)
def issue(request: Asked, hall: str, data: Annotated[IssueCode, Body()]) -> CodeIssued:
    """Make a one-time code for a counter or the floor manager's desk."""
    return issue_code(service_of(request).context, caller_of(request), hall, data)


@post(
    "/v1/enrolments",
    responses=REFUSALS,
    status_code=201,
    sync_to_thread=True,
    request_max_body_size=MAX_FORM_BYTES,
)
def take(request: Asked, data: Annotated[TakeCode, Body()], key: Key) -> DeviceEnrolled:
    """Give a computer that shows a code its identity; the code is used then."""
    return take_code(service_of(request).context, attempts_of(request), data, key, address_of(request))


ROUTES = (issue, take)
"""All that belongs to enrolling a computer."""
