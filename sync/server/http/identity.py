"""Turns the bearer token into a caller before anything of the body is read."""

import asyncio
from typing import TYPE_CHECKING

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import State
from litestar.handlers import BaseRouteHandler

from sync.protocol.interface import CentralServer
from sync.server.http.hints import Hints
from sync.server.service.caller import Caller
from sync.server.service.central import CentralService
from sync.server.service.refusals import refusal
from sync.server.service.take_enrolment import page_caller

if TYPE_CHECKING:
    from sync.server.http.together import Together

Connection = ASGIConnection[BaseRouteHandler, None, None, State]
Asked = Request[None, None, State]

DEVICE_COOKIE = "chuangkou_device"
"""HttpOnly and SameSite=Strict: only this server's own pages send it."""

_SCHEME = "bearer "
_MAX_TOKEN = 256


async def identified(connection: Connection, _handler: BaseRouteHandler) -> None:
    """Guard: refuse who has no valid token.

    Raises:
        Refused: ``unauthorised``.
    """
    await identified_if_tokened(connection, _handler)
    if connection.state.caller is None:
        connection.state.caller = await _enrolled(connection)
    if connection.state.caller is None:
        raise refusal("unauthorised")


async def identified_if_tokened(connection: Connection, _handler: BaseRouteHandler) -> None:
    """Guard: let pass who shows no token at all, but not who shows a wrong one."""
    header = connection.headers.get("authorization")
    if header is None:
        connection.state.caller = None
        return
    token = header[len(_SCHEME) :].strip()
    if not header.lower().startswith(_SCHEME) or not 0 < len(token) <= _MAX_TOKEN:
        raise refusal("unauthorised")
    tokens: Together[str, Caller] = connection.app.state.tokens
    connection.state.caller = await tokens.ask("tokens", token)


async def _enrolled(connection: Connection) -> Caller | None:
    """Return the kiosk or board whose browser asks: an EventSource cannot send a header (design.md)."""
    cookie = connection.cookies.get(DEVICE_COOKIE)
    if cookie is None or not 0 < len(cookie) <= _MAX_TOKEN:
        return None
    return await asyncio.to_thread(page_caller, service_of(connection).context, cookie)


def service_of(connection: Connection | Asked) -> CentralService:
    """Return the service this application serves."""
    service: CentralService = connection.app.state.service
    return service


def hints_of(request: Asked) -> Hints:
    """Return what tells listeners of this process that a hall changed."""
    hints: Hints = request.app.state.hints
    return hints


def caller_of(request: Asked) -> Caller:
    """Return who asks; the guard has put it there."""
    caller: Caller = request.state.caller
    return caller


def server_of(request: Asked) -> CentralServer:
    """Return the caller's end of the wire."""
    return service_of(request).as_caller(caller_of(request))
