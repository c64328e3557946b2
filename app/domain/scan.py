"""What a scanned text means at the counter: ordered rules, the first that knows it decides (devices.md section 4).

A scanned text is untrusted: it is read, never opened, and no rule looks anything up.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain import ticket_number
from app.domain.identity_number import IdentityNumber, check_identity_number
from app.domain.serials import CaseNumber, InvalidSerialError
from app.domain.uscc import LENGTH, is_valid

_OWN = re.compile(r"ZW([0-9]+)([A-Z]?):(.*)", re.DOTALL)
_VERSION = "1"
_CASE, _NUMBER, _RATING = "", "N", "R"
_ELSEWHERE = frozenset("PTX")
"""Pick-up, complaint and tracking card (slips.md section 1): other desks take them."""
_TICKET = re.compile(rf"([0-9A-Z]{{1,16}})-([0-9]{{4}})([0-9]{{2}})([0-9]{{2}})-({ticket_number.ANY})")
_BARE_TICKET = re.compile(ticket_number.ANY)
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


@dataclass(frozen=True, slots=True, repr=False)
class EitherCode:
    """18 digits that are sound both as an identity number and as a credit code, as one in 31 identity numbers is."""

    number: str


@dataclass(frozen=True, slots=True, repr=False)
class TokenCode:
    """A short-lived token that one of the site's verifiers knows by its form, as scanned; no repr, no log holds it."""

    text: str
    verifier: int


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Nothing the counter takes."""

    fault: ScanFault


Scan = CaseCode | TicketCode | IdentityCode | CreditCode | EitherCode | TokenCode | NotTaken
Rule = Callable[[str, date], Scan | None]
Form = Callable[[str], bool]
"""Whether a text has the form of a verifier's tokens."""


def read_scan(text: str, today: date, tokens: Sequence[Form] = ()) -> Scan:
    """Say what a scanned text is; capital and small letters are the same, blanks around it are nothing.

    ``tokens`` are the forms of the site's verifiers (electronic identity, social security): a token is told from one
    by its letters, capital or small. They come after all rules that know a text, and before those that refuse one.
    """
    plain = text.strip()
    found = _first(RULES, plain.upper(), today)
    if found is None:
        found = next((TokenCode(plain, at) for at, form in enumerate(tokens) if form(plain)), None)
    return found or _first(REFUSALS, plain.upper(), today) or NotTaken(ScanFault.UNKNOWN)


def _first(rules: Sequence[Rule], text: str, today: date) -> Scan | None:
    return next((found for rule in rules if (found := rule(text, today)) is not None), None)


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


def _number(text: str, today: date) -> Scan | None:
    """Read 18 characters by both checks; 15 are on no card that is still valid."""
    if len(text) != LENGTH:
        return None
    person = isinstance(check_identity_number(text, today), IdentityNumber)
    if person and is_valid(text):
        return EitherCode(text)
    if person:
        return IdentityCode(text)
    return CreditCode(text) if is_valid(text) else None


def _bare_ticket(text: str, _today: date) -> Scan | None:
    return TicketCode(text) if _BARE_TICKET.fullmatch(text) else None


def _licence(text: str, _today: date) -> Scan | None:
    """Read the one credit code within an address, as a business licence has it; two say nothing."""
    codes = {each for each in _RUN.findall(text) if is_valid(each)} if _LINK.fullmatch(text) else set()
    return CreditCode(codes.pop()) if len(codes) == 1 else None


def _link(text: str, _today: date) -> Scan | None:
    return NotTaken(ScanFault.LINK) if _LINK.fullmatch(text) else None


RULES: tuple[Rule, ...] = (_own_code, _bare_case, _number, _bare_ticket, _licence)
"""In this order."""
REFUSALS: tuple[Rule, ...] = (_link,)
"""What no rule and no verifier knows, with the reason where there is one; nothing is ever opened."""
