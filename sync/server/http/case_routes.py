"""The search over a hall's cases. What is asked for stands in the body: an address is written to logs on its way."""

from typing import Annotated

from litestar import get, post
from litestar.params import Body

from sync.protocol.case_messages import CaseRecords, CaseSeen, CasesFound, SearchCases, WantCases
from sync.server.http.identity import Asked, caller_of, identified, service_of
from sync.server.http.refusals import REFUSALS
from sync.server.pages.visitor import MAX_FORM_BYTES
from sync.server.service.case_records import case_records
from sync.server.service.search_cases import search_cases, see_case

BASE = "/v1/halls/{hall:str}/cases"


@post(
    BASE + "/search",
    guards=[identified],
    responses=REFUSALS,
    status_code=200,
    sync_to_thread=True,
    request_max_body_size=MAX_FORM_BYTES,
)
def search(request: Asked, hall: str, data: Annotated[SearchCases, Body()]) -> CasesFound:
    """Return the newest cases of the hall that have every word, masked; the search is kept."""
    return search_cases(service_of(request).context, caller_of(request), hall, data)


@get(BASE + "/{case_id:str}", guards=[identified], responses=REFUSALS, sync_to_thread=True)
def see(request: Asked, hall: str, case_id: str) -> CaseSeen:
    """Return one case, masked; the look is kept."""
    return see_case(service_of(request).context, caller_of(request), hall, case_id)


@post(
    BASE + "/records",
    guards=[identified],
    responses=REFUSALS,
    status_code=200,
    sync_to_thread=True,
    request_max_body_size=MAX_FORM_BYTES,
)
def records(request: Asked, hall: str, data: Annotated[WantCases, Body()]) -> CaseRecords:
    """Return whole cases to who works on them; every answer is kept."""
    return case_records(service_of(request).context, caller_of(request), hall, data)


ROUTES = (search, see, records)
"""All that belongs to the search, and to the work behind the window."""
