"""An administrator in a browser: a session in a cookie that no script can read and no other site can send."""

import asyncio
from contextlib import suppress

from litestar import Response
from litestar.datastructures import Cookie
from litestar.handlers import BaseRouteHandler

from app.domain.rights import Act, may
from sync.protocol.interface import Refused
from sync.protocol.messages import OpenSession
from sync.server.http.identity import Asked, Connection, service_of
from sync.server.service.caller import Caller
from sync.server.service.open_session import SESSION_MS, open_session
from sync.server.service.refusals import refusal

PERSON_COOKIE = "chuangkou_person"
_MAX_TOKEN = 256
_MS = 1000


async def person_or_not(connection: Connection, _handler: BaseRouteHandler) -> None:
    """Guard: find out who is signed in here, and let everybody pass; the page asks who they are."""
    connection.state.caller = None
    token = connection.cookies.get(PERSON_COOKIE)
    if token is not None and 0 < len(token) <= _MAX_TOKEN:
        with suppress(Refused):
            connection.state.caller = await asyncio.to_thread(service_of(connection).authenticate, token)


def person_of(request: Asked, act: Act, hall: str) -> Caller | None:
    """Return who is signed in, if they may do this; None for anybody else.

    Raises:
        Refused: ``unknown_hall`` for a person of another hall.
    """
    caller: Caller | None = request.state.caller
    if caller is None or caller.clerk is None or not may(caller.roles, act):
        return None
    if caller.hall != hall:
        raise refusal("unknown_hall")
    return caller


def require_person(request: Asked, act: Act, hall: str) -> Caller:
    """Return who is signed in.

    Raises:
        Refused: ``unauthorised`` for anybody who may not do this, ``unknown_hall``.
    """
    caller = person_of(request, act, hall)
    if caller is None:
        raise refusal("unauthorised")
    return caller


def signed_in(request: Asked, clerk: str, password: str, page: str) -> Response[str]:
    """Check the password and lead to the page with the session in a cookie for this page alone.

    Raises:
        Refused: as ``open_session``.
    """
    session = open_session(service_of(request).context, None, OpenSession(clerk=clerk, password=password))
    return _to(page, _cookie(request, session.session, page, SESSION_MS // _MS))


def signed_out(request: Asked, page: str) -> Response[str]:
    """Forget the cookie."""
    return _to(page, _cookie(request, "", page, 0))


def to_page(page: str) -> Response[str]:
    """Lead a browser that sent a form to a page, so that going back sends nothing again."""
    return _to(page, None)


def _to(page: str, cookie: Cookie | None) -> Response[str]:
    headers = {"Location": page, "Cache-Control": "no-store"}
    return Response("", status_code=303, headers=headers, cookies=[cookie] if cookie else [])


def _cookie(request: Asked, value: str, path: str, seconds: int) -> Cookie:
    return Cookie(
        key=PERSON_COOKIE,
        value=value,
        path=path,
        max_age=seconds,
        httponly=True,
        secure=request.url.scheme == "https",
        samesite="strict",
    )
