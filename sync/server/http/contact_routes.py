"""Registered first contacts for the windows that go on with them."""

from typing import Annotated

from litestar import post
from litestar.params import Body

from sync.protocol.contact_messages import ContactRecords, WantContacts
from sync.server.http.identity import Asked, caller_of, identified, service_of
from sync.server.http.refusals import REFUSALS
from sync.server.pages.visitor import MAX_FORM_BYTES
from sync.server.service.contact_records import contact_records_for


@post(
    "/v1/halls/{hall:str}/contacts/records",
    guards=[identified],
    responses=REFUSALS,
    status_code=200,
    sync_to_thread=True,
    request_max_body_size=MAX_FORM_BYTES,
)
def records(request: Asked, hall: str, data: Annotated[WantContacts, Body()]) -> ContactRecords:
    """Return whole contacts to who goes on with them; every answer is kept."""
    return contact_records_for(service_of(request).context, caller_of(request), hall, data)


ROUTES = (records,)
"""All that belongs to first contacts."""
