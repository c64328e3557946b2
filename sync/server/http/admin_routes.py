"""What administrators publish: catalogue versions, by two persons, and calendar years."""

from typing import Annotated

from litestar import post
from litestar.params import Body, Parameter

from sync.protocol.messages import CalendarTaken, CalendarYear, CataloguePublished, CatalogueSubmitted
from sync.server.catalogue_yaml import MAX_BYTES
from sync.server.http.identity import Asked, caller_of, identified, service_of
from sync.server.http.refusals import REFUSALS
from sync.server.http.sync_routes import OptionalKey
from sync.server.service.approve_catalogue import approve_catalogue
from sync.server.service.import_calendar import import_calendar
from sync.server.service.submit_catalogue import submit_catalogue

Version = Annotated[int, Parameter(ge=1, le=1_000_000_000)]


@post(
    "/v1/catalogue/versions",
    guards=[identified],
    responses=REFUSALS,
    status_code=201,
    sync_to_thread=True,
    request_max_body_size=MAX_BYTES,
)
def submit(request: Asked, body: bytes, key: OptionalKey = None) -> CatalogueSubmitted:
    """Put a catalogue, as YAML or JSON, through the publish gate; it then waits for a second administrator."""
    return submit_catalogue(service_of(request).context, caller_of(request), body, key)


@post(
    "/v1/catalogue/versions/{version:int}/approve",
    guards=[identified],
    responses=REFUSALS,
    status_code=200,
    sync_to_thread=True,
)
def approve(request: Asked, version: Version) -> CataloguePublished:
    """Publish a version another administrator submitted."""
    return approve_catalogue(service_of(request).context, caller_of(request), version)


@post("/v1/calendar/years", guards=[identified], responses=REFUSALS, status_code=200, sync_to_thread=True)
def calendar(request: Asked, data: Annotated[CalendarYear, Body()]) -> CalendarTaken:
    """Take a year of the working-day calendar."""
    return import_calendar(service_of(request).context, caller_of(request), data)


ROUTES = (submit, approve, calendar)
