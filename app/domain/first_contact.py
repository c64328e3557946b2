"""首问登记 (domain rule I01): what was asked, what is done about it, who answers and by when; SL-02."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain import deadline
from app.domain.calendar import WorkCalendar
from app.domain.catalogue.catalogue import Catalogue
from app.domain.channel import CHANNELS, Channel
from app.domain.limit_unit import LimitUnit

FIRST_CONTACT_SLIP = "SL-02"


class ContactAction(StrEnum):
    """What the clerk who was asked does (the seed's 指引、解答、转办、上报)."""

    PASSED_ON = "passed_on"
    GUIDED = "guided"
    ASKING = "asking"
    REPORTED = "reported"


ACTIONS: Mapping[ContactAction, str] = {
    ContactAction.PASSED_ON: "不属本窗口职责，转交承接人办理",
    ContactAction.GUIDED: "已指引到承接人处办理",
    ContactAction.ASKING: "由首问责任人问清楚后答复",
    ContactAction.REPORTED: "已上报，有结果后答复",
}
"""The words on the slip."""


class AnswerDue(StrEnum):
    """By when the citizen is answered, in working days."""

    TODAY = "today"
    ONE = "one"
    THREE = "three"
    FIVE = "five"


_DAYS = {AnswerDue.ONE: 1, AnswerDue.THREE: 3, AnswerDue.FIVE: 5}


@dataclass(frozen=True, slots=True)
class FirstContact:
    """One registered contact; ``due`` is the last business date to answer, ISO."""

    contact_id: str
    no: str
    topic: str
    action: ContactAction
    owner: str
    due: str
    clerk: str
    window: str
    channel: Channel = Channel.IN_PERSON


def answer_by(due: AnswerDue, today: date, calendar: WorkCalendar) -> date:
    """Return the last day to answer."""
    days = _DAYS.get(due)
    return today if days is None else deadline.due(today, days, LimitUnit.WORKING_DAYS, calendar).date


def contact_number(today: date, counter: str, sequence: int) -> str:
    """Return ``SW20261123-0003-0012``: counter 0003's twelfth of the day, so that it can be given without a server."""
    return f"SW{today:%Y%m%d}-{counter}-{sequence:04}"


def contact_series(today: date) -> str:
    """Return the name of the series of a day's numbers."""
    return f"contact/{today:%Y%m%d}"


def first_contact_fields(contact: FirstContact, catalogue: Catalogue, now: str) -> dict[str, object]:
    """Return the fields of SL-02; ``now`` is the moment in words."""
    center = catalogue.center
    return {
        "hall": center.name,
        "no": contact.no,
        "now": now,
        "clerk_no": contact.clerk,
        "window": contact.window,
        "channel": CHANNELS[contact.channel],
        "topic": contact.topic,
        "action": ACTIONS[contact.action],
        "owner": contact.owner,
        "due": f"{contact.due} {center.hours[-1][1]}",
        "hall_tel": center.hall_tel,
        "eff_tel": center.efficacy_tel,
    }
