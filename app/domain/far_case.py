"""A case of the hall that this counter does not hold: what its server shows of it, masked, to be read and no more."""

from dataclasses import dataclass

from app.domain.case import CaseState


@dataclass(frozen=True, slots=True, repr=False)
class FarCase:
    """A line of the list; ``name`` is masked, ``tail`` the end of the identity number; dates as in ``Case``."""

    case_id: str
    case_no: str
    item_name: str
    name: str
    tail: str
    state: CaseState
    window: str
    clerk: str
    business_date: str
    accepted_on: str
    promised_due: str | None
    notice_due: str | None


@dataclass(frozen=True, slots=True, repr=False)
class FarDetail:
    """What a look adds: ``number`` and ``phone`` masked, ``accepted_ms`` UTC, ``materials`` that were in order."""

    case_id: str
    number: str
    phone: str
    accepted_ms: int
    materials: int
    doc_no: str | None
