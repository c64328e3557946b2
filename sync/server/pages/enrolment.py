"""Turns a browser of the hall into a kiosk or a board: a one-time link, one touch, a cookie no script can read."""

from typing import Annotated

from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.params import Body

from app.domain.rights import Role
from sync.protocol.page_messages import EnrolPage, PageEnrolled
from sync.server.http.identity import DEVICE_COOKIE, Asked, caller_of, identified, service_of
from sync.server.http.refusals import REFUSALS
from sync.server.pages.visitor import MAX_FORM_BYTES, pages_of
from sync.server.service.enrol_page import enrol_page
from sync.server.service.take_enrolment import offered, take_enrolment

_YEAR_S = 365 * 24 * 60 * 60
_NAMES = {Role.KIOSK: "取号机", Role.BOARD: "叫号大屏"}


@post("/v1/halls/{hall:str}/enrolments", guards=[identified], responses=REFUSALS, status_code=201, sync_to_thread=True)
def enrol(request: Asked, hall: str, data: Annotated[EnrolPage, Body()]) -> PageEnrolled:
    """Make a one-time link for a kiosk or a board."""
    return enrol_page(service_of(request).context, caller_of(request), hall, data)


@get("/enrol/{token:str}", include_in_schema=False, sync_to_thread=True)
def offer(request: Asked, token: str) -> Response[str]:
    """Say what this browser would become; only the button does it, so that a preview spends no link."""
    device = offered(service_of(request).context, token)
    if device is None:
        return pages_of(request).answer("enrolled.html", status=404, name="", hall="", device="", path="")
    name = _NAMES[Role(device.role)]
    return pages_of(request).answer(
        "enrolled.html", name=name, hall=device.hall, device=device.device, path=f"/enrol/{token}"
    )


@post(
    "/enrol/{token:str}",
    include_in_schema=False,
    status_code=303,
    sync_to_thread=True,
    request_max_body_size=MAX_FORM_BYTES,
)
def accept(request: Asked, token: str) -> Response[str]:
    """Give this browser the device's cookie and open its page."""
    enrolment = take_enrolment(service_of(request).context, token)
    if enrolment is None:
        return pages_of(request).answer("enrolled.html", status=404, name="", hall="", device="", path="")
    cookie = Cookie(
        key=DEVICE_COOKIE,
        value=enrolment.cookie,
        path="/",
        max_age=_YEAR_S,
        httponly=True,
        secure=request.url.scheme == "https",
        samesite="strict",
    )
    page = f"/halls/{enrolment.hall}/{'kiosk' if enrolment.role is Role.KIOSK else 'board'}"
    return Response("", status_code=303, headers={"Location": page, "Cache-Control": "no-store"}, cookies=[cookie])


ROUTES = (enrol, offer, accept)
"""All that belongs to enrolling a browser."""
