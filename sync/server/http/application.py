"""Puts the HTTP application together: routes, refusals, limits, and the OpenAPI description without any page."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import partial
from importlib.metadata import version
from pathlib import Path

from litestar import Litestar, get
from litestar.datastructures import State
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme

from sync.protocol.messages import MAX_PUSH_BYTES
from sync.server.http import (
    admin_routes,
    blob_routes,
    card_routes,
    case_routes,
    catalogue_routes,
    contact_routes,
    enrolment_routes,
    floor_routes,
    guide_routes,
    hall_routes,
    ledger_routes,
    project_routes,
    sync_routes,
)
from sync.server.http.described import Description
from sync.server.http.gate import Gate
from sync.server.http.hints import Hints
from sync.server.http.refusals import HANDLERS
from sync.server.http.rounds import rounds
from sync.server.http.sweeps import sweeps
from sync.server.http.together import Together
from sync.server.pages import routes as page_routes
from sync.server.pages.opening import plain_pages
from sync.server.service.call_next import call_together
from sync.server.service.central import CentralService
from sync.server.service.context import Context
from sync.server.service.push import push_together
from sync.server.service.take_blob import Blobs
from sync.server.service.tokens import authenticate_together
from sync.server.storage.disk import DiskWatch

THREADS = 16
"""Handlers run here, so that the database never blocks the loop; more than this many wait in line."""

OPERATIONS = 100
"""Pushed operations that one transaction takes in of several counters; a push of more is taken in alone."""


@get("/healthz", sync_to_thread=False, include_in_schema=False)
def healthz() -> dict[str, str]:
    """Say that the process answers, and which version it is."""
    return {"status": "ok", "version": version("chuangkou")}


def application(
    service: CentralService,
    hints: Hints,
    pages: Mapping[str, object] | None = None,
    blobs: Blobs | None = None,
    *,
    rounds_here: bool = True,
    data: Path | None = None,
) -> Litestar:
    """Return the ASGI application of one service; ``pages`` is what ``open_pages`` made, ``blobs`` takes copies.

    ``data`` is the folder beside the database: its disk is watched, and anchors are written there.
    ``rounds_here``: this process does what time alone asks for; of several that serve one database one is enough.
    """
    pages = pages or plain_pages(service.context)
    return Litestar(
        route_handlers=[
            *sync_routes.ROUTES,
            *hall_routes.ROUTES,
            *floor_routes.ROUTES,
            *guide_routes.ROUTES,
            *project_routes.ROUTES,
            *admin_routes.ROUTES,
            *catalogue_routes.ROUTES,
            *enrolment_routes.ROUTES,
            *case_routes.ROUTES,
            *contact_routes.ROUTES,
            *blob_routes.ROUTES,
            *card_routes.ROUTES,
            *ledger_routes.ROUTES,
            *page_routes.ROUTES,
            healthz,
        ],
        middleware=[Gate(DiskWatch(data, service.context.clock))],
        exception_handlers=HANDLERS,
        request_max_body_size=MAX_PUSH_BYTES,
        lifespan=[_threads, *((rounds, sweeps) if rounds_here else ())],
        logging_config=None,
        openapi_config=_description(),
        state=State(
            {
                "service": service,
                "hints": hints,
                "blobs": blobs,
                "data": data,
                **_together(service.context),
                **pages,
            }
        ),
    )


def _together(context: Context) -> dict[str, object]:
    """Return what does the requests of a verb together that come at the same time."""
    return {
        "calls": Together(partial(call_together, context)),
        "pushes": Together(partial(push_together, context), OPERATIONS, sync_routes.weight),
        "tokens": Together(partial(authenticate_together, context)),
    }


@asynccontextmanager
async def _threads(_app: Litestar) -> AsyncIterator[None]:
    executor = ThreadPoolExecutor(THREADS, thread_name_prefix="request")
    asyncio.get_running_loop().set_default_executor(executor)
    yield


def _description() -> Description:
    return Description(
        title="chuangkou",
        version="1",
        path="/schema",
        render_plugins=[JsonRenderPlugin()],
        components=Components(security_schemes={"bearer": SecurityScheme(type="http", scheme="bearer")}),
        security=[{"bearer": []}],
    )
