"""Projects in parallel approval over HTTP."""

from litestar import get

from sync.protocol.project_messages import ProjectRows
from sync.server.http.identity import Asked, caller_of, identified, service_of
from sync.server.http.refusals import REFUSALS
from sync.server.service.projects import hall_projects


@get("/v1/halls/{hall:str}/projects", guards=[identified], responses=REFUSALS, sync_to_thread=True)
def rows(request: Asked, hall: str) -> ProjectRows:
    """Return the newest projects of a hall with the days they end on."""
    return hall_projects(service_of(request).context, caller_of(request), hall)


ROUTES = (rows,)
"""All that belongs to projects."""
