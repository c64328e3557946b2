"""Who looks at a page: an enrolled browser, a program with a token, or anybody."""

from litestar.datastructures import State
from litestar.handlers import BaseRouteHandler

from app.domain.rights import Act, may
from sync.protocol.interface import Refused
from sync.server.http.identity import Asked, Connection, identified
from sync.server.pages.render import Pages
from sync.server.pages.settings import PageSettings
from sync.server.service.attempts import Attempts
from sync.server.service.caller import Caller
from sync.server.service.refusals import refusal

MAX_FORM_BYTES = 8 * 1024


def page_state(pages: Pages, settings: PageSettings, attempts: Attempts) -> dict[str, object]:
    """Return what the application keeps for its pages."""
    return {"pages": pages, "page_settings": settings, "attempts": attempts}


def pages_of(request: Asked) -> Pages:
    """Return the templates of this application."""
    pages: Pages = request.app.state.pages
    return pages


def settings_of(connection: Connection | Asked) -> PageSettings:
    """Return what this centre set of its pages."""
    settings: PageSettings = connection.app.state.page_settings
    return settings


def attempts_of(request: Asked) -> Attempts:
    """Return the count of wrong answers."""
    attempts: Attempts = request.app.state.attempts
    return attempts


def address_of(request: Asked) -> str:
    """Return where the request came from."""
    return request.client.host if request.client else ""


async def known_or_not(connection: Connection, handler: BaseRouteHandler) -> None:
    """Guard: find out who asks, and let everybody pass; the page says what is missing."""
    try:
        await identified(connection, handler)
    except Refused:
        connection.state.caller = None


async def sees_board(connection: Connection, handler: BaseRouteHandler) -> None:
    """Guard: the board's data go to the devices of its hall, or to everybody where the board stands open.

    Raises:
        Refused: ``unauthorised``, ``forbidden``, ``unknown_hall``.
    """
    if settings_of(connection).board_open:
        return
    await identified(connection, handler)
    caller: Caller = connection.state.caller
    caller.require(Act.SEE_HALL, connection.path_params["hall"])


def device_of(state: State, act: Act, hall: str) -> Caller | None:
    """Return the caller if it may do this in the hall; None for anybody else.

    Raises:
        Refused: ``unknown_hall`` for a device of another hall.
    """
    caller: Caller | None = state.caller
    if caller is None or not may(caller.roles, act):
        return None
    if caller.hall != hall:
        raise refusal("unknown_hall")
    return caller
