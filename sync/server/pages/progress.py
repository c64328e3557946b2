"""群众进度页: asks for the query code, then shows where the case or the complaint stands (design 11)."""

from urllib.parse import parse_qs

from litestar import Response, get, post

from app.domain.deadline import Light
from app.domain.rating import Grade
from sync.protocol.interface import Refused
from sync.server.http.identity import Asked, service_of
from sync.server.messages import text
from sync.server.pages.visitor import MAX_FORM_BYTES, address_of, attempts_of, pages_of
from sync.server.pages.words import GRADES, LIGHTS, RUNNING, STEPS, standing
from sync.server.service.case_progress import Progress, case_progress
from sync.server.service.grievance_progress import COMPLAINT, complaint_progress

_RING = 289
"""Length of the ring's line, 2π · 46, in the units of its drawing."""


@get("/q/{case_no:str}", include_in_schema=False, sync_to_thread=True)
def ask(request: Asked, case_no: str) -> Response[str]:
    """Ask for the query code; nothing here tells whether the case exists."""
    return pages_of(request).answer("query.html", case_no=case_no, problem="")


@post(
    "/q/{case_no:str}",
    include_in_schema=False,
    status_code=200,
    sync_to_thread=True,
    request_max_body_size=MAX_FORM_BYTES,
)
def show(request: Asked, case_no: str, body: bytes) -> Response[str]:
    """Show the case to who has its query code."""
    context = service_of(request).context
    code = field(body, "code")
    try:
        if case_no.startswith(COMPLAINT):
            seen = complaint_progress(context, attempts_of(request), case_no, code, address_of(request))
            return pages_of(request).answer("complaint.html", complaint=seen)
        found = case_progress(context, attempts_of(request), case_no, code, address_of(request))
    except Refused as refused:
        problem = text(refused.code)
        return pages_of(request).answer("query.html", status=refused.status, case_no=case_no, problem=problem)
    return pages_of(request).answer(
        "progress.html",
        case=found,
        standing=standing(found.state, found.upward),
        steps=STEPS,
        ring=_ring(found),
        overdue=found.state in RUNNING and found.ring is not None and found.ring.light is Light.RED,
        light=LIGHTS[found.ring.light] if found.ring else "",
        grades=[(grade.value, GRADES[grade]) for grade in Grade],
        now_ms=context.clock.now_ms(),
    )


def field(body: bytes, name: str) -> str:
    """Return a field of a form that was sent, empty when it is not there."""
    try:
        values = parse_qs(body.decode("utf-8"), max_num_fields=8).get(name, [""])
    except ValueError:
        return ""
    return values[0]


def _ring(case: Progress) -> int | None:
    """Return how much of the ring is drawn: the share of working days left, a whole ring when overdue."""
    if case.ring is None or case.state not in RUNNING:
        return None
    if case.ring.left <= 0 or case.ring.whole <= 0:
        return _RING
    return _RING * min(case.ring.left, case.ring.whole) // case.ring.whole


ROUTES = (ask, show)
"""All that belongs to the progress page."""
