"""项目登记: a project enters its theme, its stages get their days, and its tracking card is printed (I58, I59)."""

from collections.abc import Mapping

from app.domain.clerk import Clerk
from app.domain.operation import OperationDraft
from app.domain.paper.fill import fill
from app.domain.paper.markup import Template
from app.domain.project import (
    PROJECT_CARD,
    ProjectAsked,
    ProjectFault,
    Registration,
    card_fields,
    fault_of,
    project_number,
    project_series,
)
from app.domain.rights import Act
from app.domain.theme import stage_ends, themes_of
from app.ports.clock import Clock
from app.ports.spool import PrintJob
from app.ports.store import Store
from app.usecases.acting import require
from app.usecases.case_record import queue_slip
from app.usecases.taking_in import counting, published


class ProjectRefused(Exception):  # noqa: N818 - a business "no"
    """The project is not registered as it stands; nothing was changed."""

    def __init__(self, reason: ProjectFault) -> None:
        super().__init__(reason.value)
        self.reason = reason


def register_project(
    store: Store, clock: Clock, templates: Mapping[str, Template], asked: ProjectAsked, by: Clerk
) -> tuple[Registration, PrintJob]:
    """Register it as of the business day and queue its card; returns what it became and the job.

    Raises:
        ActRefused: no right, the day is not open, or no catalogue yet.
        ProjectRefused: what was typed is not enough, or the theme is not published.
    """
    require(by, Act.REGISTER_PROJECT)
    with store.begin() as work:
        at, catalogue = counting(work, clock, by, None), published(work)
        theme = next((each for each in themes_of(catalogue.document) if each.id == asked.theme), None)
        fault = ProjectFault.NO_THEME if theme is None else fault_of(asked)
        if theme is None or fault is not None:
            raise ProjectRefused(fault or ProjectFault.NO_THEME)
        sequence = work.take_serial(project_series(at.today))
        number = project_number(at.centre, at.counter, at.today, sequence)
        ends = stage_ends(theme, at.today, at.calendar)
        made = Registration(number, theme, ends, at.today, by.number, at.now_ms)
        work.append(
            OperationDraft(
                kind="project.registered",
                entity="project",
                entity_id=number,
                payload={
                    "number": number,
                    "theme": theme.id,
                    "catalogue_version": catalogue.version,
                    "name": asked.name,
                    "owner": asked.owner,
                    "uscc": asked.uscc,
                    "registered_on": at.today.isoformat(),
                    "stage_due": ends[0].date.isoformat(),
                    "total_due": ends[-1].date.isoformat(),
                    "provisional": ends[-1].provisional,
                },
                actor=by.at(at.window),
            )
        )
        document = fill(templates[PROJECT_CARD], card_fields(asked, made, catalogue))
        return made, queue_slip(work, clock, document, None)
