"""What administrators read of the catalogue: versions, differences, the list 待修订, and both files to take along."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from litestar import Response, get
from litestar.params import Parameter, QueryParameter

from sync.protocol.catalogue_messages import (
    DifferenceRow,
    RevisionList,
    RevisionRow,
    VersionDifferences,
    VersionList,
    VersionRow,
)
from sync.server.catalogue_yaml_out import written
from sync.server.http.identity import Asked, caller_of, identified, service_of
from sync.server.http.refusals import REFUSALS
from sync.server.service.caller import Caller
from sync.server.service.catalogue_versions import compared, revisions, version_document, versions
from sync.server.service.context import Context

Version = Annotated[int, Parameter(ge=1, le=1_000_000_000)]
Format = Literal["yaml", "xlsx"]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@get("/v1/catalogue/versions", guards=[identified], responses=REFUSALS, sync_to_thread=True)
def list_versions(request: Asked) -> VersionList:
    """Return all versions of the caller's hall, the newest first."""
    caller = caller_of(request)
    rows = versions(service_of(request).context, caller, caller.hall)
    return VersionList(
        versions=[
            VersionRow(
                version=each.listed.version,
                effective_from=each.listed.effective_from,
                submitted_by=each.listed.submitted_by,
                submitted_ms=each.listed.submitted_ms,
                approved_by=each.listed.approved_by,
                published_ms=each.listed.published_ms,
                in_force=each.in_force,
            )
            for each in rows
        ]
    )


@get("/v1/catalogue/versions/{version:int}/differences", guards=[identified], responses=REFUSALS, sync_to_thread=True)
def list_differences(request: Asked, version: Version) -> VersionDifferences:
    """Return what a version changes, in Chinese, before it is approved."""
    found = compared(service_of(request).context, caller_of(request), version)
    rows = [
        DifferenceRow(place=list(each.place), kind=each.kind.value, before=each.before, after=each.after)
        for each in found.rows
    ]
    return VersionDifferences(
        version=version, base=found.base, effective_from=found.version.effective_from, differences=rows
    )


@get("/v1/catalogue/versions/{version:int}/export", guards=[identified], responses=REFUSALS, sync_to_thread=True)
def export(
    request: Asked, version: Version, format_: Annotated[Format, QueryParameter(name="format")] = "yaml"
) -> Response[bytes]:
    """Return a version as a file: ``format=yaml`` the whole, ``format=xlsx`` its items as 实施清单."""
    return exported(service_of(request).context, caller_of(request), version, format_)


@get("/v1/catalogue/revisions", guards=[identified], responses=REFUSALS, sync_to_thread=True)
def list_revisions(request: Asked) -> RevisionList:
    """Return the items that cite a law with a day of expiry (待修订)."""
    context, caller = service_of(request).context, caller_of(request)
    today = date.fromisoformat(context.today())
    return RevisionList(
        items=[
            RevisionRow(
                item=each.item.id,
                name=each.item.name,
                law=each.law.title,
                articles=list(each.articles),
                expires=each.law.expires.isoformat() if each.law.expires else "",
                successor=each.successor.title if each.successor else None,
                locked=each.locked(today),
            )
            for each in revisions(context, caller, caller.hall)
        ]
    )


def exported(context: Context, caller: Caller, version: int, format_: Format) -> Response[bytes]:
    """Return the answer with the file.

    Raises:
        Refused: ``forbidden``, ``unknown_version``.
    """
    document = version_document(context, caller, version)
    content, kind = (written(document), "application/yaml") if format_ == "yaml" else (_workbook(document), XLSX)
    name = f"catalogue-{caller.hall}-v{version}.{format_}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, media_type=kind, headers=headers)


def _workbook(document: Mapping[str, Any]) -> bytes:
    from sync.server.sheets.write import workbook_of  # noqa: PLC0415 - its library takes a tenth of a second to load

    return workbook_of(document)


ROUTES = (list_versions, list_differences, export, list_revisions)
