"""Projects in parallel approval: registered by a window with the days both ends count, shown to the floor manager."""

import json
from dataclasses import dataclass
from datetime import date

from app.domain.canonical import canonical_json
from app.domain.operation import Operation
from app.domain.project import ProjectAsked, fault_of
from app.domain.rights import Act
from app.domain.theme import stage_ends, themes_of
from sync.protocol.project_messages import ProjectRow, ProjectRows
from sync.server.service.caller import Caller
from sync.server.service.context import Context
from sync.server.service.desk import Desk, Parked, Reason, payload_of
from sync.server.service.held_case import calendar_of
from sync.server.storage import catalogue, projects
from sync.server.storage.clerks import Profile
from sync.server.storage.feed import Change
from sync.server.storage.projects import Project

MOST = 200
"""Rows of one answer."""


@dataclass(frozen=True, slots=True)
class _Registered:
    number: str
    theme: str
    catalogue_version: int
    name: str
    owner: str
    uscc: str
    registered_on: str
    stage_due: str
    total_due: str
    provisional: bool


def project_registered(desk: Desk, operation: Operation, actor: Profile) -> list[Change]:
    """Keep the project; days that this calendar counts otherwise, and announced years at that, are not taken."""
    said = payload_of(operation, _Registered)
    asked = ProjectAsked(said.theme, said.name, said.owner, said.uscc)
    named = (operation.entity, operation.entity_id) == ("project", said.number)
    if not named or len(said.number) > 40 or fault_of(asked) is not None:  # noqa: PLR2004 - the column's length
        raise Parked(Reason.MALFORMED_PAYLOAD)
    _check_days(desk, said)
    if projects.get(desk.connection, desk.hall, said.number) is not None:
        raise Parked(Reason.DUPLICATE_NUMBER)
    words = canonical_json({"name": said.name, "owner": said.owner, "uscc": said.uscc})
    sealed = desk.context.cipher.seal(words, _place(desk.hall, said.number))
    new = Project(
        desk.hall,
        said.number,
        said.theme,
        said.catalogue_version,
        desk.window,
        actor.clerk,
        said.registered_on,
        said.stage_due,
        said.total_due,
        said.provisional,
        sealed,
    )
    projects.add(desk.connection, new)
    return []


def _check_days(desk: Desk, said: _Registered) -> None:
    version = catalogue.get(desk.connection, desk.hall, said.catalogue_version)
    themes = themes_of(version.document) if version is not None and version.approved_by is not None else ()
    theme = next((each for each in themes if each.id == said.theme), None)
    if theme is None:
        raise Parked(Reason.NOT_AS_PUBLISHED)
    try:
        ends = stage_ends(theme, date.fromisoformat(said.registered_on), calendar_of(desk.connection, desk.hall))
    except ValueError as error:
        raise Parked(Reason.MALFORMED_PAYLOAD) from error
    known = not said.provisional and not ends[-1].provisional
    if known and (said.stage_due, said.total_due) != (ends[0].date.isoformat(), ends[-1].date.isoformat()):
        raise Parked(Reason.MALFORMED_PAYLOAD)


def hall_projects(context: Context, caller: Caller, hall: str) -> ProjectRows:
    """Return the newest projects of a hall with their days.

    Raises:
        Refused: ``forbidden`` or ``unknown_hall``.
    """
    caller.require(Act.SEE_FLOOR, hall)
    found = context.storage.read(lambda connection: projects.newest(connection, hall, MOST))
    return ProjectRows(projects=[_row(context, each) for each in found])


def _row(context: Context, each: Project) -> ProjectRow:
    words = json.loads(context.cipher.open(each.sealed, _place(each.hall, each.number)))
    return ProjectRow(
        number=each.number,
        theme=each.theme,
        name=words["name"],
        owner=words["owner"],
        window=each.window,
        agent=each.agent,
        registered_on=each.registered_on,
        stage_due=each.stage_due,
        total_due=each.total_due,
        provisional=each.provisional,
    )


def _place(hall: str, number: str) -> str:
    return f"project/{hall}/{number}"
