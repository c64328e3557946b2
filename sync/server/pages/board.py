"""叫号大屏: the board of a hall, its data, and the hints that make it look again."""

import asyncio
from functools import partial

from litestar import Response, get
from litestar.response import Stream

from app.domain.rights import Act
from sync.protocol.page_messages import BoardState
from sync.server.http.identity import Asked, hints_of, service_of
from sync.server.http.refusals import REFUSALS
from sync.server.pages.settings import MAX_TICKER
from sync.server.pages.visitor import device_of, known_or_not, pages_of, sees_board, settings_of
from sync.server.service.board_state import board_state
from sync.server.service.hall_facts import HallFacts, hall_facts
from sync.server.service.hall_state import heads

_MISSED_LINE = "过号请到导办台报号，不必重新取号。"


@get("/halls/{hall:str}/board", guards=[known_or_not], include_in_schema=False, sync_to_thread=True)
def page(request: Asked, hall: str) -> Response[str]:
    """Show the board, or how its screen is enrolled."""
    pages, settings = pages_of(request), settings_of(request)
    if not settings.board_open and device_of(request.state, Act.SEE_HALL, hall) is None:
        return pages.answer("not_enrolled.html", status=401, title="叫号大屏", path=f"/halls/{hall}/board")
    facts = hall_facts(service_of(request).context, hall)
    return pages.answer("board.html", hall=hall, facts=facts, ticker=settings.ticker or _ticker(facts))


@get("/halls/{hall:str}/board/state", guards=[sees_board], responses=REFUSALS, sync_to_thread=True)
def state(request: Asked, hall: str) -> BoardState:
    """Return what the board shows."""
    return board_state(service_of(request).context, hall)


@get("/halls/{hall:str}/board/stream", guards=[sees_board], responses=REFUSALS)
async def stream(request: Asked, hall: str) -> Stream:
    """Send server-sent events that carry only hall and head."""
    context = service_of(request).context
    await asyncio.to_thread(hall_facts, context, hall)
    events = hints_of(request).stream(hall, partial(heads, context))
    return Stream(events, media_type="text/event-stream", headers={"Cache-Control": "no-store"})


def _ticker(facts: HallFacts) -> str:
    """Return the line of a hall that set none: who is served first, and what to do about a missed number."""
    first = f"{'、'.join(facts.priorities)}的，可到导办台优先取号。" if facts.priorities else ""
    return first + _MISSED_LINE if len(first + _MISSED_LINE) <= MAX_TICKER else _MISSED_LINE


ROUTES = (page, state, stream)
"""All that belongs to the board."""
