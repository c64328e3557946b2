"""Every "no" in one shape, with its Chinese sentence; what nobody expected becomes an incident in the log."""

import logging
import math
import secrets

import msgspec
from litestar import Response
from litestar.exceptions import HTTPException
from litestar.openapi.datastructures import ResponseSpec
from litestar.types import ExceptionHandlersMap, Method
from litestar.utils.path import normalize_path

from sync.protocol.interface import Refused
from sync.protocol.messages import CatalogueProblem, Refusal
from sync.server.http.identity import Asked
from sync.server.messages import text
from sync.server.service.refusals import STATUS, refusal
from sync.server.service.submit_catalogue import CatalogueInvalid, PlacedProblem
from sync.server.storage.disk import DatabaseSaysNo, says_full
from sync.server.storage.savepoint import Unfit

logger = logging.getLogger(__name__)

REFUSALS = {
    status: ResponseSpec(
        Refusal, description=", ".join(code for code in STATUS if STATUS[code] == status), generate_examples=False
    )
    for status in sorted(set(STATUS.values()))
}
"""What the description says of every endpoint."""

_BY_STATUS = {401: "unauthorised", 403: "forbidden", 404: "not_found", 405: "method_not_allowed", 413: "too_large"}
_METHODS: tuple[Method, ...] = ("GET", "POST", "PUT", "OPTIONS")
_CLIENT_ERRORS = range(400, 500)
_CUT = "client disconnected prematurely"
"""What Litestar says when the line goes in the middle of a body: it has no class of its own for that."""


def _refused(_request: Asked, error: Refused) -> Response[bytes]:
    body = Refusal(error=error.code, message=text(error.code), expected_seq=error.expected_seq, line=error.line)
    if isinstance(error, CatalogueInvalid):
        problems = [_problem(each) for each in error.problems]
        body = msgspec.structs.replace(body, code=problems[0].code, path=problems[0].path, problems=problems)
    return _response(body, error.status, error.retry_after_s)


def _http(request: Asked, error: HTTPException) -> Response[bytes]:
    if error.detail == _CUT:
        logger.info("request.cut path=%s", request.scope["path"])
        return _refused(request, refusal("malformed"))  # nobody hears it
    if error.status_code not in _CLIENT_ERRORS:
        return _unexpected(request, error)
    answer = _refused(request, refusal(_BY_STATUS.get(error.status_code, "malformed")))
    if answer.status_code == STATUS["method_not_allowed"]:
        answer.headers["Allow"] = ", ".join(each for each in _METHODS if _takes(request, each))
    return answer


def _takes(request: Asked, method: Method) -> bool:
    """Say whether something answers this method at the request's address (RFC 9110 section 15.5.6)."""
    try:
        request.app.asgi_router.handle_routing(path=normalize_path(request.scope["path"]), method=method)
    except HTTPException:
        return False
    return True


def _no_message(request: Asked, _error: RecursionError | UnicodeDecodeError | Unfit) -> Response[bytes]:
    """JSON nested without end, or no UTF-8 within a text: msgspec has errors of their own for these; NUL in a text."""
    return _refused(request, refusal("malformed"))


def _database(request: Asked, error: DatabaseSaysNo) -> Response[bytes]:
    if says_full(error):
        logger.error("request.disk_full path=%s", request.scope["path"])
        return _refused(request, refusal("server_full"))
    return _unexpected(request, error)


def _unexpected(request: Asked, error: Exception) -> Response[bytes]:
    incident = secrets.token_hex(4)
    logger.error("request.failed incident=%s path=%s", incident, request.scope["path"], exc_info=error)
    return _response(Refusal(error="internal", message=text("internal", incident=incident)), STATUS["internal"])


def _problem(each: PlacedProblem) -> CatalogueProblem:
    return CatalogueProblem(code=each.code, path=each.path, line=each.line, message=problem_text(each))


def problem_text(each: PlacedProblem) -> str:
    """Return the sentence of a problem, with the cell it is about in front where there is one."""
    said = text(each.code, **each.values)
    return f"{each.place}：{said}" if each.place else said


def _response(body: Refusal, status: int, wait_s: float | None = None) -> Response[bytes]:
    headers = {} if wait_s is None else {"Retry-After": str(math.ceil(wait_s))}
    return Response(msgspec.json.encode(body), status_code=status, media_type="application/json", headers=headers)


HANDLERS: ExceptionHandlersMap = {
    Refused: _refused,
    HTTPException: _http,
    RecursionError: _no_message,
    Unfit: _no_message,
    UnicodeDecodeError: _no_message,
    DatabaseSaysNo: _database,
    Exception: _unexpected,
}
