"""All pages of the server, their files, and what they say when something is not there."""

from litestar import Request, Response, Router, get
from litestar.datastructures import State

from sync.protocol.interface import Refused
from sync.server.http.identity import Asked
from sync.server.messages import text
from sync.server.pages import board, catalogue, enrolment, guide, kiosk, progress, rating
from sync.server.pages.render import HEADERS
from sync.server.pages.visitor import pages_of
from sync.server.service.refusals import refusal

_FOREVER = "public, max-age=31536000, immutable"


@get("/pages/{name:path}", include_in_schema=False, sync_to_thread=False)
def asset(request: Asked, name: str) -> Response[bytes]:
    """Send a style, script or clip; its address changes with its bytes."""
    found = pages_of(request).assets.get(name.removeprefix("/"))
    if found is None:
        raise refusal("not_found")
    current = request.query_params.get("v") == found.version
    headers = {**HEADERS, "Cache-Control": _FOREVER if current else "no-cache"}
    return Response(found.content, media_type=found.media_type, headers=headers)


def _refused(request: Request[None, None, State], error: Refused) -> Response[str]:
    return pages_of(request).answer("fault.html", status=error.status, message=text(error.code))


HTML = Router(
    "/",
    route_handlers=[
        board.page,
        *kiosk.ROUTES,
        *progress.ROUTES,
        *rating.ROUTES,
        *guide.ROUTES,
        *catalogue.ROUTES,
        enrolment.offer,
        enrolment.accept,
    ],
    exception_handlers={Refused: _refused},
)

ROUTES = (HTML, board.state, board.stream, enrolment.enrol, asset)
"""What the application serves beside the interface for programs."""
