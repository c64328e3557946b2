"""送达: how a document reached its person, what proves it, and until when they may turn against it (domain rule L20).

By analogy with the Civil Procedure Law: handed over (art. 88), left before witnesses when it is refused (art. 89), by
electronic means with consent (art. 90), by post (art. 91); the day of the signature or receipt is the day of service.
"""

import calendar as months
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from app.domain import deadline
from app.domain.calendar import WorkCalendar
from app.domain.limit_unit import LimitUnit

MAX_WORDS = 120
"""Characters of each thing that is typed about a service."""
_TRACKING = re.compile(r"[A-Z0-9]{8,20}")
_MONTHS = 12


class ServiceMode(StrEnum):
    """The ways to serve a document."""

    DIRECT = "direct"
    LEFT = "left"
    POST = "post"
    ELECTRONIC = "electronic"


WORDS: Mapping[ServiceMode, str] = {
    ServiceMode.DIRECT: "直接送达",
    ServiceMode.LEFT: "留置送达",
    ServiceMode.POST: "邮寄送达",
    ServiceMode.ELECTRONIC: "电子送达",
}
"""How the proof of service names them."""


class ServiceFault(StrEnum):
    """What a service lacks; codes of the message table."""

    RECEIVER_NEEDED = "service_receiver_needed"
    RELATION_NEEDED = "service_relation_needed"
    PLACE_NEEDED = "service_place_needed"
    REASON_NEEDED = "service_reason_needed"
    WITNESS_NEEDED = "service_witness_needed"
    TRACKING_NEEDED = "service_tracking_needed"
    CONSENT_NEEDED = "service_consent_needed"
    ADDRESS_NEEDED = "service_address_needed"
    BAD_DAY = "service_bad_day"
    TOO_LONG = "service_too_long"


class ServiceImpossible(Exception):  # noqa: N818 - a business "no"
    """The proof of a service would have a hole; ``reason`` says which."""

    def __init__(self, reason: ServiceFault) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True, repr=False)
class Handing:
    """What is said of a service; no repr, for it names persons.

    ``relation`` is how the receiver stands to the addressee, ``place`` where the document was handed over, left or sent
    to; ``reason`` and ``witnesses`` belong to a refused one, ``tracking`` to the post, ``consent`` to electronic means.
    """

    mode: ServiceMode
    receiver: str
    relation: str = "本人"
    place: str = ""
    reason: str = ""
    witnesses: str = ""
    tracking: str = ""
    consent: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Service:
    """送达 as it is kept: ``how`` in words, the day (ISO), the moment (UTC ms), and the last days of both remedies."""

    on: str
    at_ms: int
    how: str
    receiver: str
    review_until: str
    suit_until: str
    mode: ServiceMode = ServiceMode.DIRECT
    relation: str = "本人"
    place: str = ""
    reason: str = ""
    witnesses: str = ""
    tracking: str = ""
    consent: str = ""
    by: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return asdict(self)


def service_from(kept: Mapping[str, Any] | None) -> Service | None:
    """Return a service as it was kept; None where nothing was served."""
    return None if kept is None else Service(**{**kept, "mode": ServiceMode(kept.get("mode", ServiceMode.DIRECT))})


@dataclass(frozen=True, slots=True)
class Served:
    """When and by whom: the day of service, the moment of the record (UTC ms), the clerk, the calendar in force."""

    on: date
    at_ms: int
    by: str
    calendar: WorkCalendar


def service_of(handing: Handing, at: Served, *, review_days: int, suit_months: int) -> Service:
    """Return the service with the periods that run from its day (Review Law arts. 20, 88; Litigation Law art. 46).

    Raises:
        ServiceImpossible: its proof would have a hole.
    """
    fault = proof_fault(handing)
    if fault is not None:
        raise ServiceImpossible(fault)
    review_until, suit_until = remedies_until(at.on, review_days, suit_months, at.calendar)
    said = {name: value.strip() for name, value in asdict(handing).items() if name != "mode"}
    return Service(
        on=at.on.isoformat(),
        at_ms=at.at_ms,
        how=WORDS[handing.mode],
        review_until=review_until.isoformat(),
        suit_until=suit_until.isoformat(),
        mode=handing.mode,
        by=at.by,
        **said,
    )


def proof_fault(said: Handing | Service) -> ServiceFault | None:
    """Return what the proof of a service lacks: each mode has its own; None where nothing does."""
    texts = (said.receiver, said.relation, said.place, said.reason, said.witnesses, said.tracking, said.consent)
    if any(len(each) > MAX_WORDS for each in texts):
        return ServiceFault.TOO_LONG
    needed: dict[ServiceFault, bool] = {
        ServiceFault.RECEIVER_NEEDED: bool(said.receiver.strip()),
        ServiceFault.RELATION_NEEDED: bool(said.relation.strip()),
    }
    match said.mode:
        case ServiceMode.DIRECT:
            needed[ServiceFault.PLACE_NEEDED] = bool(said.place.strip())
        case ServiceMode.LEFT:
            needed[ServiceFault.REASON_NEEDED] = bool(said.reason.strip())
            needed[ServiceFault.WITNESS_NEEDED] = bool(said.witnesses.strip())
            needed[ServiceFault.PLACE_NEEDED] = bool(said.place.strip())
        case ServiceMode.POST:
            needed[ServiceFault.TRACKING_NEEDED] = _TRACKING.fullmatch(said.tracking.strip()) is not None
            needed[ServiceFault.ADDRESS_NEEDED] = bool(said.place.strip())
        case ServiceMode.ELECTRONIC:
            needed[ServiceFault.CONSENT_NEEDED] = bool(said.consent.strip())
            needed[ServiceFault.ADDRESS_NEEDED] = bool(said.place.strip())
    return next((fault for fault, there in needed.items() if not there), None)


def service_day(typed: str, earliest: date, today: date) -> date:
    """Return the day of service as typed (ISO): not before the document, not after today.

    Raises:
        ServiceImpossible: it is none.
    """
    try:
        day = date.fromisoformat(typed.strip())
    except ValueError:
        raise ServiceImpossible(ServiceFault.BAD_DAY) from None
    if not earliest <= day <= today:
        raise ServiceImpossible(ServiceFault.BAD_DAY)
    return day


def remedies_until(on: date, review_days: int, suit_months: int, calendar: WorkCalendar) -> tuple[date, date]:
    """Return the last days for 行政复议 and 行政诉讼 of a document that was served on a day."""
    review = deadline.due(on, review_days, LimitUnit.CALENDAR_DAYS, calendar).date
    suit = months_after(on, suit_months)
    return review, suit if calendar.is_workday(suit) else calendar.next_workday(suit)


def months_after(day: date, count: int) -> date:
    """Return the same day of a later month, its last day where it has no such day (Civil Code art. 202)."""
    years, month = divmod(day.month - 1 + count, _MONTHS)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, months.monthrange(year, month)[1]))
