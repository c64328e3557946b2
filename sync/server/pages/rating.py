"""评价: five grades and a few words, once, by the token on the paper."""

from dataclasses import dataclass

from litestar import Response, get, post

from app.domain.person_entry import PHONE
from app.domain.rating import MAX_COMMENT, Grade
from sync.protocol.interface import Refused
from sync.server.http.identity import Asked, service_of
from sync.server.messages import text
from sync.server.pages.progress import field
from sync.server.pages.visitor import MAX_FORM_BYTES, address_of, attempts_of, pages_of
from sync.server.pages.words import GRADES
from sync.server.service.attempts import PER_ADDRESS
from sync.server.service.rating import Rating, call_days, rate, rating_of

_STATUS = {Rating.OPEN: 200, Rating.GIVEN: 200, Rating.CLOSED: 404}


@dataclass(frozen=True, slots=True, repr=False)
class _Typed:
    """What stands in the form."""

    chosen: str = ""
    comment: str = ""
    phone: str = ""


@get("/r/{token:str}", include_in_schema=False, sync_to_thread=True)
def ask(request: Asked, token: str, grade: str = "") -> Response[str]:
    """Show the five grades; ``grade`` is one the citizen tapped on the progress page."""
    found, problem, status = _find(request, token)
    return _answer(request, token, found, problem, status, typed=_Typed(grade))


@post(
    "/r/{token:str}",
    include_in_schema=False,
    status_code=200,
    sync_to_thread=True,
    request_max_body_size=MAX_FORM_BYTES,
)
def give(request: Asked, token: str, body: bytes) -> Response[str]:
    """Take the grade."""
    found, problem, status = _find(request, token)
    if found is not Rating.OPEN:
        return _answer(request, token, found, problem, status, typed=_Typed())
    typed = _Typed(field(body, "grade"), field(body, "comment"), field(body, "phone").strip())
    if typed.chosen not in {str(int(grade)) for grade in Grade}:
        return _answer(request, token, found, text("rating_without_grade"), 422, typed=typed)
    if len(typed.comment.replace("\r\n", "\n")) > MAX_COMMENT:
        return _answer(request, token, found, text("rating_too_long", most=MAX_COMMENT), 422, typed=typed)
    if typed.phone and not PHONE.fullmatch(typed.phone):
        return _answer(request, token, found, text("rating_phone_wrong"), 422, typed=typed)
    given = rate(service_of(request).context, token, Grade(int(typed.chosen)), typed.comment, typed.phone)
    return pages_of(request).answer(
        "rated.html", status=_STATUS[given], given=given is Rating.GIVEN, now=True, problem=""
    )


def _find(request: Asked, token: str) -> tuple[Rating, str, int]:
    """Return where the token stands; who tries many that never were is told to wait."""
    keys = ((f"rating/{address_of(request)}", PER_ADDRESS),)
    attempts = attempts_of(request)
    try:
        attempts.take(keys)
    except Refused as refused:
        return Rating.CLOSED, text(refused.code), refused.status
    found = rating_of(service_of(request).context, token)
    if found is not Rating.CLOSED:
        attempts.give_back(keys)
    return found, "", _STATUS[found]


def _answer(request: Asked, token: str, found: Rating, problem: str, status: int, *, typed: _Typed) -> Response[str]:
    pages = pages_of(request)
    if found is not Rating.OPEN:
        given = found is Rating.GIVEN
        return pages.answer("rated.html", status=status, given=given, now=False, problem=problem)
    return pages.answer(
        "rating.html",
        status=status,
        token=token,
        problem=problem,
        grades=[(str(int(grade)), GRADES[grade]) for grade in Grade],
        typed=typed,
        days=call_days(service_of(request).context, token),
        most=MAX_COMMENT,
    )


ROUTES = (ask, give)
"""All that belongs to the rating."""
