"""Makes the OpenAPI description say what holds: which "no" an endpoint answers, what its files are, what it refuses."""

import re
from collections.abc import Iterator
from typing import Any, Final

from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import (
    OpenAPI,
    OpenAPIMediaType,
    OpenAPIResponse,
    OpenAPIType,
    Operation,
    PathItem,
    Reference,
    RequestBody,
    Schema,
)
from typing_extensions import override

_ANY: Final = frozenset({401, 403, 404, 422, 500, 503})
"""What any endpoint may answer."""
_HALL: Final = r"/v1/halls/\{hall\}/"
_OWN: Final[tuple[tuple[int, str, str], ...]] = (
    (409, "POST", _HALL + r"(tickets|windows|floor|guide)\b.*"),
    (409, "POST", r"/v1/(counters|sessions|enrolments|sync/push|catalogue/versions)"),
    (409, "PUT", r"/v1/blobs/.*"),
    (410, "POST", r"/v1/enrolments"),
    (410, "GET", r"/v1/sync/pull"),
    (429, "POST", r"/v1/(sessions|enrolments)"),
    (429, "PUT", r"/v1/blobs/.*"),
    (507, "GET|PUT", r"/v1/blobs/.*"),
)
"""Beside these, by status, method and path, what only some answer. 405 is never the answer to a described method."""
_OPEN: Final = re.compile(r"/v1/enrolments")
"""Asked without a token."""
_MAYBE: Final = re.compile(r"/v1/sessions|/halls/\{hall\}/board/.*")
"""Asked with a token or without: an administrator at no computer; a board of a hall that shows it to anybody."""
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FILES: Final = (
    (r".*/stream", ("text/event-stream",)),
    (r"/v1/catalogue/versions/\{version\}/export", ("application/yaml", _XLSX)),
    (r".*/ledgers/\w+\.csv", ("text/csv",)),
    (r".*/ledgers/\w+\.xlsx", (_XLSX,)),
    (r"/v1/blobs/\{sha256\}", ("image/jpeg", "image/png", "application/pdf", "image/tiff")),
)
"""What ``GET`` sends where it is no JSON."""
_TAKEN: Final = (
    ("POST", "/v1/catalogue/versions", ("application/yaml", "application/json", _XLSX)),
    ("PUT", "/v1/blobs/{sha256}", ("application/octet-stream",)),
)
"""Bodies that are taken as they are."""


class Description(OpenAPIConfig):
    """The framework's description, corrected; it is made when it is first asked for, which most servers never are."""

    @override
    def to_openapi_schema(self) -> OpenAPI:
        return _Described(**vars(super().to_openapi_schema()))


class _Described(OpenAPI):
    @override
    def to_schema(self) -> dict[str, Any]:
        _correct(self)
        return super().to_schema()


def _correct(description: OpenAPI) -> None:
    """Correct what the framework derives from signatures."""
    for path, item in (description.paths or {}).items():
        for method, operation in _operations(item):
            for given, place, kinds in _TAKEN:
                if (given, place) == (method, path):
                    operation.request_body = RequestBody(_of(kinds), required=method == "POST")
            if _OPEN.fullmatch(path) or _MAYBE.fullmatch(path):
                operation.security = [] if _OPEN.fullmatch(path) else [{}, {"bearer": []}]
            responses = operation.responses or {}
            answered = _answered(method, path, operation)
            for status in [each for each in responses if each.startswith(("4", "5")) and int(each) not in answered]:
                del responses[status]
            if method == "GET":
                _describe_file(path, responses.get("200"))
            else:
                _never_null(responses.get("200"))
    components = description.components
    for schema in (components.schemas or {}).values() if components else ():
        if isinstance(schema, Schema) and not isinstance(schema, Reference) and schema.properties:
            schema.additional_properties = False  # unknown fields are refused


def _operations(item: PathItem) -> Iterator[tuple[str, Operation]]:
    for method, operation in (("GET", item.get), ("POST", item.post), ("PUT", item.put)):
        if operation is not None:
            yield method, operation


def _answered(method: str, path: str, operation: Operation) -> frozenset[int]:
    own = {
        status
        for status, methods, where in _OWN
        if method in methods.split("|") and re.fullmatch(where, path) is not None
    }
    body = {413} if operation.request_body is not None else set[int]()
    return (_ANY | own | body) - ({401} if _OPEN.fullmatch(path) else set[int]())


def _describe_file(path: str, response: OpenAPIResponse | Reference | None) -> None:
    for where, kinds in _FILES:
        if isinstance(response, OpenAPIResponse) and re.fullmatch(where, path):
            response.content = _of(kinds)


def _never_null(response: OpenAPIResponse | Reference | None) -> None:
    """Take "or nothing" out of a 200: nothing is a 204."""
    if isinstance(response, OpenAPIResponse):
        for media in (response.content or {}).values():
            schema = media.schema
            if isinstance(schema, Schema) and schema.one_of:
                [media.schema] = [
                    each for each in schema.one_of if isinstance(each, Reference) or each.type is not OpenAPIType.NULL
                ]


def _of(kinds: tuple[str, ...]) -> dict[str, OpenAPIMediaType]:
    read = {"application/json": OpenAPIType.OBJECT, "application/yaml": OpenAPIType.OBJECT}
    return {kind: OpenAPIMediaType(schema=Schema(type=read.get(kind, OpenAPIType.STRING))) for kind in kinds}
