"""The ledgers over HTTP: figures, rows page by page, and files; every look at rows and every file is kept."""

import asyncio
from collections.abc import Iterator
from typing import Annotated

from litestar import get
from litestar.di import Provide
from litestar.params import HeaderParameter, Parameter
from litestar.response import Stream

from sync.protocol.ledger_messages import LedgerPage, Ledgers
from sync.server.http.identity import Asked as Request
from sync.server.http.identity import caller_of, identified, service_of
from sync.server.http.refusals import REFUSALS
from sync.server.service.ledgers.ask import MOST_ROWS, Asked, ledger_figures, ledger_page
from sync.server.service.ledgers.definitions import LEDGERS
from sync.server.service.ledgers.export import Exported, Format, Unmasked, export_ledger
from sync.server.service.refusals import refusal

BASE = "/v1/halls/{hall:str}/ledgers"
MEDIA = {
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.CSV: "text/csv; charset=utf-8",
}
CHUNK = 64 << 10
ROWS = 50
"""A page of the manager's window."""

Filter = Annotated[str, Parameter(max_length=64)]
Day = Annotated[str, Parameter(max_length=10)]
Cursor = Annotated[str, Parameter(max_length=512)]
Rows = Annotated[int, Parameter(ge=1, le=MOST_ROWS)]
Second = Annotated[str | None, HeaderParameter(name="Second-Authorization", max_length=256)]
Reason = Annotated[str, Parameter(max_length=100)]


def asked_of(
    *,
    first: Day = "",
    last: Day = "",
    window: Filter = "",
    item: Filter = "",
    department: Filter = "",
    kind: Filter = "",
) -> Asked:
    """Return days and filters as the address has them."""
    return Asked(first, last, window, item, department, kind)


ASKED = {"asked": Provide(asked_of, sync_to_thread=False)}


@get(BASE, guards=[identified], dependencies=ASKED, responses=REFUSALS, sync_to_thread=True)
def figures(request: Request, hall: str, asked: Asked) -> Ledgers:
    """Return every ledger in figures; without days those of today."""
    return ledger_figures(service_of(request).context, caller_of(request), hall, asked)


@get(BASE + "/{name:str}", guards=[identified], dependencies=ASKED, responses=REFUSALS, sync_to_thread=True)
def rows(
    request: Request,
    hall: str,
    name: str,
    asked: Asked,
    *,
    after: Cursor = "",
    limit: Rows = ROWS,
) -> LedgerPage:
    """Return rows of one ledger, oldest first, persons masked; ``after`` of a page asks for the next."""
    context, caller = service_of(request).context, caller_of(request)
    return ledger_page(context, caller, hall, name, asked, after=after, most=limit)


@get(
    [f"{BASE}/{name}.{form.value}" for name in LEDGERS for form in Format],
    guards=[identified],
    dependencies=ASKED,
    responses=REFUSALS,
)
async def export(request: Request, hall: str, asked: Asked, reason: Reason = "", second: Second = None) -> Stream:
    """Return a ledger as a file, persons masked; whole only with a reason and the session of a second person."""
    name, _, form = str(request.scope["path"]).rpartition("/")[2].rpartition(".")
    context, caller = service_of(request).context, caller_of(request)

    def make() -> Exported:
        full = _unmasked(request, reason, second)
        return export_ledger(context, caller, hall, name, asked, form=Format(form), full=full)

    made = await asyncio.to_thread(make)  # nothing of it runs on the loop
    return Stream(
        _chunks(made),
        media_type=MEDIA[Format(form)],
        headers={
            "Content-Disposition": f'attachment; filename="{made.name}"',
            "Content-Length": str(len(made.content)),
            "Cache-Control": "no-store",
        },
    )


def _unmasked(request: Request, reason: str, second: str | None) -> Unmasked | None:
    """Return who else agrees to name persons; None where nobody asks for that."""
    if second is None:
        if reason:
            raise refusal("export_needs_second")
        return None
    token = second.removeprefix("Bearer ").strip()
    if not token:
        raise refusal("export_needs_second")
    return Unmasked(reason, service_of(request).authenticate(token))


def _chunks(made: Exported) -> Iterator[bytes]:
    for at in range(0, len(made.content), CHUNK):
        yield made.content[at : at + CHUNK]


ROUTES = (figures, rows, export)
"""All that belongs to the ledgers."""
