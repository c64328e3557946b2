"""事项清单: an administrator sees the versions, brings a file in, reads what differs, and approves what another did."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from litestar import Request, Response, get, post
from litestar.datastructures import State, UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body, Parameter, QueryParameter

from app.domain.business_day import CHINA
from app.domain.catalogue.difference import DifferenceKind
from app.domain.rights import Act
from sync.protocol.interface import Refused
from sync.server.catalogue_yaml import MAX_BYTES
from sync.server.http.catalogue_routes import Format, exported
from sync.server.http.identity import Asked, service_of
from sync.server.http.refusals import problem_text
from sync.server.messages import text
from sync.server.pages.person import person_of, person_or_not, require_person, signed_in, signed_out, to_page
from sync.server.pages.progress import field
from sync.server.pages.visitor import MAX_FORM_BYTES, pages_of
from sync.server.service.approve_catalogue import approve_catalogue
from sync.server.service.caller import Caller
from sync.server.service.catalogue_versions import VersionStanding, compared, revisions, versions
from sync.server.service.submit_catalogue import CatalogueInvalid, PlacedProblem, submit_catalogue

HALL = "/halls/{hall:str}/catalogue"
VERSION = HALL + "/{version:int}"
_FORM_MARGIN = 16 * 1024
_KINDS = {
    DifferenceKind.ADDED: "新增",
    DifferenceKind.REMOVED: "删去",
    DifferenceKind.CHANGED: "修改",
    DifferenceKind.MOVED: "移动",
}
Number = Annotated[int, Parameter(ge=1, le=1_000_000_000)]


@dataclass(frozen=True, slots=True)
class _Row:
    """A version as the table shows it."""

    number: int
    effective: str
    state: str
    submitted: str
    approved: str


@get(HALL, guards=[person_or_not], include_in_schema=False, sync_to_thread=True)
def page(request: Asked, hall: str) -> Response[str]:
    """Show the versions and what has to be revised, or ask who is there.

    Raises:
        Refused: ``unknown_hall``.
    """
    caller = person_of(request, Act.SUBMIT_CATALOGUE, hall)
    if caller is None:
        return pages_of(request).answer("catalogue_sign_in.html", hall=hall, problem="")
    return _overview(request, caller, hall)


@post(
    HALL + "/sign-in",
    include_in_schema=False,
    status_code=303,
    sync_to_thread=True,
    request_max_body_size=MAX_FORM_BYTES,
)
def sign_in(request: Asked, hall: str, body: bytes) -> Response[str]:
    """Open a session for this page."""
    try:
        return signed_in(request, field(body, "clerk"), field(body, "password"), f"/halls/{hall}/catalogue")
    except Refused as refused:
        problem = text("catalogue_sign_in_wrong" if refused.code in {"unauthorised", "malformed"} else refused.code)
        return pages_of(request).answer("catalogue_sign_in.html", status=refused.status, hall=hall, problem=problem)


@post(HALL + "/sign-out", include_in_schema=False, status_code=303, sync_to_thread=True)
def sign_out(request: Asked, hall: str) -> Response[str]:
    """Leave the page."""
    return signed_out(request, f"/halls/{hall}/catalogue")


@post(
    HALL,
    guards=[person_or_not],
    include_in_schema=False,
    status_code=303,
    sync_to_thread=True,
    request_max_body_size=MAX_BYTES + _FORM_MARGIN,
)
def submit(
    request: Request[None, None, State],
    hall: str,
    data: Annotated[dict[str, UploadFile], Body(media_type=RequestEncodingType.MULTI_PART)],
) -> Response[str]:
    """Put a file through the gate; what is wrong with it is listed whole, with line or cell.

    Raises:
        Refused: ``unauthorised``, ``unknown_hall``.
    """
    caller = require_person(request, Act.SUBMIT_CATALOGUE, hall)
    sent = data.get("file")
    content = sent.file.read() if isinstance(sent, UploadFile) else b""
    try:
        kept = submit_catalogue(service_of(request).context, caller, content, None)
    except CatalogueInvalid as invalid:
        problems = [_told(each) for each in invalid.problems]
        return _overview(request, caller, hall, problems, status=invalid.status)
    return to_page(f"/halls/{hall}/catalogue/{kept.version}")


@get(VERSION, guards=[person_or_not], include_in_schema=False, sync_to_thread=True)
def differences(request: Asked, hall: str, version: Number) -> Response[str]:
    """Show what a version changes, and to a second person the button that publishes it.

    Raises:
        Refused: ``unauthorised``, ``unknown_hall``, ``unknown_version``.
    """
    caller = require_person(request, Act.SUBMIT_CATALOGUE, hall)
    return _differences(request, caller, version)


@post(
    VERSION + "/approve",
    guards=[person_or_not],
    include_in_schema=False,
    status_code=303,
    sync_to_thread=True,
)
def approve(request: Asked, hall: str, version: Number) -> Response[str]:
    """Publish another's version.

    Raises:
        Refused: ``unauthorised``, ``unknown_hall``, ``unknown_version``.
    """
    caller = require_person(request, Act.APPROVE_CATALOGUE, hall)
    try:
        approve_catalogue(service_of(request).context, caller, version)
    except CatalogueInvalid as invalid:
        told = [problem_text(each) for each in invalid.problems]
        return _differences(request, caller, version, told, invalid.status)
    except Refused as refused:
        if refused.code != "second_person_needed":
            raise
        return _differences(request, caller, version, [text(refused.code)], refused.status)
    return to_page(f"/halls/{hall}/catalogue")


@get(VERSION + "/export", guards=[person_or_not], include_in_schema=False, sync_to_thread=True)
def export(
    request: Asked, hall: str, version: Number, format_: Annotated[Format, QueryParameter(name="format")] = "yaml"
) -> Response[bytes]:
    """Send a version as a file.

    Raises:
        Refused: ``unauthorised``, ``unknown_hall``, ``unknown_version``.
    """
    caller = require_person(request, Act.SUBMIT_CATALOGUE, hall)
    return exported(service_of(request).context, caller, version, format_)


def _overview(
    request: Asked, caller: Caller, hall: str, problems: list[str] | None = None, status: int = 200
) -> Response[str]:
    context = service_of(request).context
    today = date.fromisoformat(context.today())
    return pages_of(request).answer(
        "catalogue.html",
        status=status,
        hall=hall,
        clerk=caller.clerk,
        rows=[_row(each, context.today()) for each in versions(context, caller, hall)],
        lapses=[(each, each.locked(today)) for each in revisions(context, caller, hall)],
        problems=problems or [],
    )


def _differences(
    request: Asked, caller: Caller, number: int, problems: list[str] | None = None, status: int = 200
) -> Response[str]:
    found = compared(service_of(request).context, caller, number)
    return pages_of(request).answer(
        "catalogue_version.html",
        status=status,
        hall=caller.hall,
        found=found,
        own=found.version.submitted_by == caller.clerk,
        rows=[(" › ".join(each.place), _KINDS[each.kind], each.before, each.after) for each in found.rows],
        problems=problems or [],
    )


def _told(each: PlacedProblem) -> str:
    """Return a problem with its line in front, where no cell is named."""
    said = problem_text(each)
    return said if each.place or each.line is None else f"第 {each.line} 行：{said}"


def _row(each: VersionStanding, today: str) -> _Row:
    listed = each.listed
    if each.in_force:
        state = "现行"
    elif listed.approved_by is None:
        state = "等第二人审批"
    else:
        state = "已公布，到期生效" if listed.effective_from > today else "已被后来的版本代替"
    approved = f"{listed.approved_by}　{_moment(listed.published_ms)}" if listed.approved_by else ""
    return _Row(
        listed.version, listed.effective_from, state, f"{listed.submitted_by}　{_moment(listed.submitted_ms)}", approved
    )


def _moment(utc_ms: int | None) -> str:
    return "" if utc_ms is None else f"{datetime.fromtimestamp(utc_ms // 1000, CHINA):%Y-%m-%d %H:%M}"


ROUTES = (page, sign_in, sign_out, submit, differences, approve, export)
"""All that belongs to the administrator's page."""
