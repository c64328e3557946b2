"""What a scanned text means at the counter: ordered rules, the first that knows it decides (devices.md section 4).

A scanned text is untrusted: it is read, never opened, and no rule looks anything up.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.identity_number import IdentityNumber, check_identity_number
from app.domain.serials import CaseNumber, InvalidSerialError
from app.domain.uscc import LENGTH, is_valid

_OWN = re.compile(r"ZW([0-9]+)([A-Z]?):(.*)", re.DOTALL)
_VERSION = "1"
_CASE, _NUMBER, _RATING = "", "N", "R"
_ELSEWHERE = frozenset("PTX")
"""Pick-up, complaint and tracking card (slips.md section 1): other desks take them."""
_TICKET = re.compile(r"([0-9A-Z]{1,16})-([0-9]{4})([0-9]{2})([0-9]{2})-([A-HJ-NPR-Z][0-9]{3,4})")
_BARE_TICKET = re.compile(r"[A-HJ-NPR-Z][0-9]{3,4}")
_LINK = re.compile(r"[A-Z][A-Z0-9+.-]*://.*", re.DOTALL)
_RUN = re.compile(r"[0-9A-Z]+")


class ScanFault(StrEnum):
    """Why a scanned text is not taken; the value is the code of its sentence."""

    DAMAGED = "scan_damaged"
    NEWER = "scan_newer"
    RATING = "scan_is_rating"
    ELSEWHERE = "scan_for_another_desk"
    LINK = "scan_is_link"
    UNKNOWN = "scan_unknown"


@dataclass(frozen=True, slots=True)
class CaseCode:
    """The query code of a paper about a case: receipt, supplement notice, refusal; ``number`` as printed."""

    number: str


@dataclass(frozen=True, slots=True)
class TicketCode:
    """A queue ticket; a bare number says neither ``hall`` nor ``day``."""

    number: str
    hall: str = ""
    day: date | None = None

    @property
    def text(self) -> str:
        """What the QR code on SL-01 says.

        Raises:
            ValueError: the ticket has no hall or no day.
        """
        if not self.hall or self.day is None:
            raise ValueError("a ticket's code names its hall and its day")
        return f"ZW{_VERSION}{_NUMBER}:{self.hall}-{self.day:%Y%m%d}-{self.number}"


@dataclass(frozen=True, slots=True, repr=False)
class IdentityCode:
    """A sound identity number of 18 characters; no repr, for no log may hold it."""

    number: str


@dataclass(frozen=True, slots=True)
class CreditCode:
    """A sound unified social credit code, alone or within the address on a business licence."""

    code: str


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Nothing the counter takes."""

    fault: ScanFault


Scan = CaseCode | TicketCode | IdentityCode | CreditCode | NotTaken
Rule = Callable[[str, date], Scan | None]


def read_scan(text: str, today: date) -> Scan:
    """Say what a scanned text is; capital and small letters are the same, blanks around it are nothing."""
    plain = text.strip().upper()
    return next((found for rule in RULES if (found := rule(plain, today)) is not None), NotTaken(ScanFault.UNKNOWN))


def _own_code(text: str, _today: date) -> Scan | None:
    match = _OWN.fullmatch(text)
    if match is None:
        return None
    version, kind, content = match.groups()
    if version != _VERSION:
        return NotTaken(ScanFault.NEWER)
    if kind in _KINDS:
        return _KINDS[kind](content) or NotTaken(ScanFault.DAMAGED)
    return NotTaken(ScanFault.ELSEWHERE if kind in _ELSEWHERE else ScanFault.NEWER)


def _case(content: str) -> Scan | None:
    try:
        return CaseCode(str(CaseNumber.parse(content)))
    except InvalidSerialError:
        return None


def _ticket(content: str) -> Scan | None:
    match = _TICKET.fullmatch(content)
    if match is None:
        return None
    hall, year, month, day, number = match.groups()
    try:
        return TicketCode(number, hall, date(int(year), int(month), int(day)))
    except ValueError:
        return None


def _rating(_content: str) -> Scan:
    return NotTaken(ScanFault.RATING)


_KINDS: dict[str, Callable[[str], Scan | None]] = {_CASE: _case, _NUMBER: _ticket, _RATING: _rating}


def _bare_case(text: str, _today: date) -> Scan | None:
    return _case(text)


def _identity(text: str, today: date) -> Scan | None:
    if len(text) != LENGTH:
        return None  # a number of 15 is not on any card that is still valid
    found = check_identity_number(text, today)
    return IdentityCode(found.number) if isinstance(found, IdentityNumber) else None


def _credit(text: str, _today: date) -> Scan | None:
    return CreditCode(text) if is_valid(text) else None


def _bare_ticket(text: str, _today: date) -> Scan | None:
    return TicketCode(text) if _BARE_TICKET.fullmatch(text) else None


def _link(text: str, _today: date) -> Scan | None:
    if not _LINK.fullmatch(text):
        return None
    codes = [each for each in _RUN.findall(text) if is_valid(each)]
    return CreditCode(codes[0]) if len(codes) == 1 else NotTaken(ScanFault.LINK)


RULES: tuple[Rule, ...] = (_own_code, _bare_case, _identity, _credit, _bare_ticket, _link)
"""In this order; what none of them knows is refused."""
