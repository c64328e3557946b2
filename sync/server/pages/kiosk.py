"""取号机: choose a business, take a number; nobody is asked for a name."""

from dataclasses import dataclass

import msgspec
from litestar import Response, get

from app.domain.number_slip import NUMBER_SLIP
from app.domain.paper.fill import fill
from app.domain.rights import Act
from sync.server.http.identity import Asked, service_of
from sync.server.pages.visitor import device_of, known_or_not, pages_of
from sync.server.service.board_state import board_state
from sync.server.service.hall_facts import HallFacts, hall_facts
from sync.server.service.number_slip import number_slip
from sync.server.service.paper_lines import paper_lines
from sync.server.service.refusals import refusal
from sync.server.slip_templates import slip_template


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


@get("/halls/{hall:str}/kiosk/paper/{number:str}", guards=[known_or_not], include_in_schema=False, sync_to_thread=True)
def paper(request: Asked, hall: str, number: str) -> Response[str]:
    """Show the paper of a number as it is printed: SL-01, filled from the same template as at a counter.

    Raises:
        Refused: ``unauthorised`` for who gives no numbers out, ``unknown_hall``, ``unknown_ticket``.
    """
    caller = device_of(request.state, Act.ISSUE_TICKET, hall)
    if caller is None:
        raise refusal("unauthorised")
    fields = msgspec.to_builtins(number_slip(service_of(request).context, caller, hall, number))
    document = fill(slip_template(NUMBER_SLIP), fields)
    return pages_of(request).answer("number_paper.html", number=number, lines=paper_lines(document))


def _zone(facts: HallFacts, windows: list[str]) -> str:
    """Return where the windows stand, when it is one place."""
    zones = {facts.zones.get(window, "") for window in windows}
    return zones.pop() if len(zones) == 1 else ""


ROUTES = (page, paper)
"""All that belongs to the kiosk; the number itself comes from ``POST /v1/halls/{hall}/tickets``."""
