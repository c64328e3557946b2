"""便民服务指南: every published item for whoever wants to read it, in the words that a counter prints (I11, I16)."""

from datetime import date

from litestar import Response, get

from app.domain.guide_paper import guide_fields
from app.domain.rights import Act
from sync.server.http.identity import Asked, service_of
from sync.server.pages.visitor import device_of, known_or_not, pages_of
from sync.server.service.published_catalogue import published_catalogue
from sync.server.service.refusals import refusal


@get("/halls/{hall:str}/guide", guards=[known_or_not], include_in_schema=False, sync_to_thread=True)
def contents(request: Asked, hall: str) -> Response[str]:
    """Show all items by department; at the kiosk with the way back to the numbers.

    Raises:
        Refused: ``unknown_hall``.
    """
    catalogue = published_catalogue(service_of(request).context, hall)
    items = catalogue.items.values() if catalogue else ()
    departments = catalogue.departments if catalogue else {}
    groups = [
        (department.name, [each for each in items if each.department == department.id])
        for department in departments.values()
    ]
    return pages_of(request).answer(
        "guides.html",
        hall=hall,
        centre=catalogue.center.name if catalogue else "",
        groups=[(name, each) for name, each in groups if each],
        kiosk=_at_kiosk(request, hall),
    )


@get("/halls/{hall:str}/guide/{item:str}", guards=[known_or_not], include_in_schema=False, sync_to_thread=True)
def guide(request: Asked, hall: str, item: str) -> Response[str]:
    """Show the guide of an item, with version and date.

    Raises:
        Refused: ``unknown_hall``, ``not_found``.
    """
    context = service_of(request).context
    catalogue = published_catalogue(context, hall)
    found = catalogue.items.get(item) if catalogue else None
    if catalogue is None or found is None:
        raise refusal("not_found")
    told = guide_fields(found, catalogue, date.fromisoformat(context.today()))
    return pages_of(request).answer("guide.html", hall=hall, told=told)


def _at_kiosk(request: Asked, hall: str) -> bool:
    """Say whether the kiosk asks: it is led back to where numbers are taken."""
    return device_of(request.state, Act.ISSUE_TICKET, hall) is not None


ROUTES = (contents, guide)
"""All that belongs to the guide; nobody has to say who they are."""
