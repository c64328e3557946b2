"""取号机: choose a business, take a number; nobody is asked for a name."""

from dataclasses import dataclass

from litestar import Response, get

from app.domain.rights import Act
from sync.server.http.identity import Asked, service_of
from sync.server.pages.visitor import device_of, known_or_not, pages_of
from sync.server.service.board_state import board_state
from sync.server.service.hall_facts import HallFacts, hall_facts


@dataclass(frozen=True, slots=True)
class Choice:
    """One button."""

    code: str
    name: str
    windows: str
    zone: str
    waiting: int


@get("/halls/{hall:str}/kiosk", guards=[known_or_not], include_in_schema=False, sync_to_thread=True)
def page(request: Asked, hall: str) -> Response[str]:
    """Show the choice of businesses, or how the kiosk is enrolled."""
    pages, context = pages_of(request), service_of(request).context
    if device_of(request.state, Act.ISSUE_TICKET, hall) is None:
        return pages.answer("not_enrolled.html", status=401, title="取号机", path=f"/halls/{hall}/kiosk")
    facts = hall_facts(context, hall)
    businesses = board_state(context, hall).businesses
    choices = [
        Choice(each.code, each.name, each.places, _zone(facts, each.windows), each.waiting) for each in businesses
    ]
    return pages.answer("kiosk.html", hall=hall, facts=facts, choices=choices)


def _zone(facts: HallFacts, windows: list[str]) -> str:
    """Return where the windows stand, when it is one place."""
    zones = {facts.zones.get(window, "") for window in windows}
    return zones.pop() if len(zones) == 1 else ""


ROUTES = (page,)
"""All that belongs to the kiosk; the number itself comes from ``POST /v1/halls/{hall}/tickets``."""
