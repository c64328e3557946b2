"""Cards over HTTP: see them, and answer them under an idempotency key; and what a calendar year changed."""

from typing import Annotated

from litestar import get, post
from litestar.params import HeaderParameter

from sync.protocol.card_messages import CalendarChanges, CardAnswer, CardRows, GrievanceSeen
from sync.protocol.floor_messages import FloorDone
from sync.server.http.identity import Asked, caller_of, identified, service_of
from sync.server.http.refusals import REFUSALS
from sync.server.service.answer_card import acknowledge_card, handle_card, withdraw_card
from sync.server.service.grievances import see_grievance
from sync.server.service.see_cards import calendar_changes, hall_cards

Key = Annotated[str, HeaderParameter(name="Idempotency-Key", min_length=1, max_length=128)]
BASE = "/v1/halls/{hall:str}/cards"
ONE = "/v1/halls/{hall:str}/floor/cards/{card:str}"


@get(BASE, guards=[identified], responses=REFUSALS, sync_to_thread=True)
def rows(request: Asked, hall: str) -> CardRows:
    """Return the cards that hang, and those closed in the last thirty days."""
    return hall_cards(service_of(request).context, caller_of(request), hall)


@post(ONE + "/acknowledge", guards=[identified], responses=REFUSALS, status_code=200, sync_to_thread=True)
def acknowledge(request: Asked, hall: str, card: str, key: Key) -> FloorDone:
    """Say that somebody knows of a card."""
    return acknowledge_card(service_of(request).context, caller_of(request), hall, card, key)


@post(ONE + "/handle", guards=[identified], responses=REFUSALS, status_code=200, sync_to_thread=True)
def handle(request: Asked, hall: str, card: str, data: CardAnswer, key: Key) -> FloorDone:
    """Say what was done about a card."""
    return handle_card(service_of(request).context, caller_of(request), hall, card, data, key=key)


@post(ONE + "/withdraw", guards=[identified], responses=REFUSALS, status_code=200, sync_to_thread=True)
def withdraw(request: Asked, hall: str, card: str, data: CardAnswer, key: Key) -> FloorDone:
    """Withdraw a card, with the reason."""
    return withdraw_card(service_of(request).context, caller_of(request), hall, card, data, key=key)


@get("/v1/halls/{hall:str}/grievances/{number:str}", guards=[identified], responses=REFUSALS, sync_to_thread=True)
def grievance(request: Asked, hall: str, number: str) -> GrievanceSeen:
    """Return a bad rating or a complaint with who waits for an answer; every look is kept."""
    return see_grievance(service_of(request).context, caller_of(request), hall, number)


@get("/v1/halls/{hall:str}/calendar/changes", guards=[identified], responses=REFUSALS, sync_to_thread=True)
def changes(request: Asked, hall: str) -> CalendarChanges:
    """Return the dates of open cases that arriving calendar years changed."""
    return calendar_changes(service_of(request).context, caller_of(request), hall)


ROUTES = (rows, acknowledge, handle, withdraw, grievance, changes)
