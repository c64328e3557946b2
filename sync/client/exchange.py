"""One step of the dialogue: ask the session, ask the server, tell the session. Worker and simulation both do this."""

from collections.abc import Callable

from sync.client.requests import (
    CompareDigest,
    PullPage,
    PushFormer,
    PushOperations,
    Reconnect,
    Register,
    Request,
    TakeSnapshot,
    Wait,
)
from sync.client.session import Answer, Session
from sync.protocol.interface import CentralServer, NotOurServer, Refused, Unreachable
from sync.protocol.messages import MAX_PAGE


def exchange(session: Session, server: CentralServer, reconnect: Callable[[], None]) -> Wait | None:
    """Do the next thing; returns how long there is nothing to do, or None after a request."""
    request = session.next()
    if isinstance(request, Wait):
        return request
    try:
        answer = _perform(request, server, reconnect)
    except Refused as refusal:
        session.refused(request, refusal)
    except Unreachable as why:
        session.unreachable(request, foreign=isinstance(why, NotOurServer), retry_after_s=why.retry_after_s)
    else:
        session.answered(request, answer)
    return None


def _perform(request: Request, server: CentralServer, reconnect: Callable[[], None]) -> Answer:
    match request:
        case Register(message):
            return server.register(message)
        case PushOperations(message) | PushFormer(message):
            return server.push(message)
        case PullPage(hall, cursor):
            return server.pull(hall, cursor, MAX_PAGE)
        case TakeSnapshot(hall, named):
            return server.snapshot(hall, named)
        case CompareDigest(hall):
            return server.digest(hall)
        case Reconnect():
            reconnect()
            return None
