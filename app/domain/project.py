"""A project that is registered for parallel approval, and the words of its tracking card (审批跟踪监督卡, SL-12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.catalogue.catalogue import Catalogue
from app.domain.deadline import Due
from app.domain.paper.width import text_width
from app.domain.receipt import date_words, moment_words
from app.domain.serials import CaseNumber
from app.domain.theme import Stage, Theme
from app.domain.uscc import is_valid

PROJECT_CARD = "SL-12"
MAX_PROJECT = 100
_LEFT, _OPEN_DAY, _OPEN_SIGN = 21, "____ ", "____"


class ProjectFault(StrEnum):
    """Why a project cannot be registered as it stands; codes of the messages."""

    NAME_NEEDED = "project_name_needed"
    OWNER_NEEDED = "project_owner_needed"
    USCC_WRONG = "project_uscc_wrong"
    TOO_LONG = "project_too_long"
    NO_THEME = "project_no_theme"


@dataclass(frozen=True, slots=True)
class ProjectAsked:
    """What was typed: the theme by its id, the project, and whose it is by name and unified social credit code."""

    theme: str
    name: str
    owner: str
    uscc: str


def fault_of(asked: ProjectAsked) -> ProjectFault | None:
    """Return the first thing that is wrong with what was typed."""
    if not asked.name:
        return ProjectFault.NAME_NEEDED
    if not asked.owner:
        return ProjectFault.OWNER_NEEDED
    if max(len(asked.name), len(asked.owner)) > MAX_PROJECT:
        return ProjectFault.TOO_LONG
    return None if is_valid(asked.uscc) else ProjectFault.USCC_WRONG


def project_series(today: date) -> str:
    """Return the name of the series of a day's numbers."""
    return f"project/{today:%Y%m%d}"


def project_number(centre: str, counter: str, today: date, sequence: int) -> str:
    """Return ``9901-XM-0003-20260302-0001-C``: a case number's parts and check digit, marked as a project's."""
    centre_code, _, rest = str(CaseNumber(centre, counter, today, sequence)).partition("-")
    return f"{centre_code}-XM-{rest}"


@dataclass(frozen=True, slots=True)
class Registration:
    """A registered project: its number, theme, ends of the stages, day, agent's number and moment of the print."""

    number: str
    theme: Theme
    ends: Sequence[Due]
    on: date
    agent: str
    at_ms: int


def card_fields(asked: ProjectAsked, made: Registration, catalogue: Catalogue) -> dict[str, object]:
    """Return the fields of SL-12 as it is handed out at the registration: the first stage has begun, nothing else."""
    center, first = catalogue.center, made.theme.stages[0]
    agent = catalogue.staff.get(made.agent)
    department = catalogue.departments.get(agent.department) if agent is not None else None
    return {
        "no": made.number,
        "project": asked.name,
        "owner": asked.owner,
        "agent": f"{made.agent}号" + (f"（电话{department.tel}）" if department is not None else ""),
        "reg_date": date_words(made.on.isoformat()),
        "total": made.theme.days,
        "total_due": _due_words(made.ends[-1]),
        "rows": [{"line": _line(each, made)} for each in made.theme.stages],
        "used": 0,
        "left": made.theme.days,
        "state": f"第{first.n}阶段{first.name}，最迟{_due_words(made.ends[0])}",
        "meeting": f"未开，在{first.name}阶段内召开",
        "pause": "无",
        "qr": f"ZW1X:{made.number}",
        "hall_tel": center.hall_tel,
        "eff_tel": center.efficacy_tel,
        "now": moment_words(made.at_ms),
    }


def _line(stage: Stage, made: Registration) -> str:
    head = f"{stage.n}{stage.name} {stage.office}"
    began = f"{made.on:%m-%d}" if stage.n == 1 else _OPEN_DAY
    return f"{head}{' ' * (_LEFT - text_width(head))}{stage.limit:>2} {began}  {_OPEN_DAY}  __ {_OPEN_SIGN}"


def _due_words(due: Due) -> str:
    return f"{date_words(due.date.isoformat())}{'（暂定）' if due.provisional else ''}"
