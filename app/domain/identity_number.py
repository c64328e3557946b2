"""The resident identity number (GB 11643): a wrong one is refused, a rare one never (devices.md section 2)."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.id_card import Sex

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"
_EIGHTEEN = re.compile(r"[0-9]{17}[0-9X]")
_FIFTEEN = re.compile(r"[0-9]{15}")
_FOREIGNER = "9"
_EARLIEST_BIRTH = date(1850, 1, 1)

# GB/T 2260 provinces; 81-83 are residence permits of people from Hong Kong, Macao and Taiwan.
_REGIONS = (range(11, 16), range(21, 24), range(31, 38), range(41, 47), range(50, 55), range(61, 66), (71, 81, 82, 83))
_PROVINCES = frozenset(str(code) for region in _REGIONS for code in region)


class IdentityFault(StrEnum):
    """Why a text is not an identity number."""

    SHAPE = "identity_shape"
    CHECK_CHARACTER = "identity_check_character"
    BIRTH_DATE = "identity_birth_date"
    FUTURE_BIRTH = "identity_future_birth"


@dataclass(frozen=True, slots=True, repr=False)
class IdentityNumber:
    """A sound number of 18 characters and what it says; without a ``repr``, so that no log can hold it.

    ``region_known`` false is a warning to the clerk, not a fault: districts come and go, the number stays.
    """

    number: str
    birth_date: date
    sex: Sex
    region_known: bool


def check_identity_number(text: str, today: date) -> IdentityNumber | IdentityFault:
    """Read a number of 18 characters, or of 15 (before 1999) turned into 18; say what is wrong if it is none.

    Surrounding blanks and a small ``x`` are forgiven. Numbers of residence permits (81, 82, 83, 9…) are as good
    as any other.
    """
    number = text.strip().upper()
    if _FIFTEEN.fullmatch(number):
        number = _lengthened(number)
    if not _EIGHTEEN.fullmatch(number):
        return IdentityFault.SHAPE
    if check_character(number[:17]) != number[17]:
        return IdentityFault.CHECK_CHARACTER
    try:
        birth_date = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return IdentityFault.BIRTH_DATE
    if birth_date < _EARLIEST_BIRTH:
        return IdentityFault.BIRTH_DATE
    if birth_date > today:
        return IdentityFault.FUTURE_BIRTH
    sex = Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
    return IdentityNumber(number, birth_date, sex, _is_known_region(number))


def check_character(digits: str) -> str:
    """Return the 18th character for 17 digits (ISO 7064 MOD 11-2)."""
    return _CHECK_CHARACTERS[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 11]


def _lengthened(fifteen: str) -> str:
    seventeen = f"{fifteen[:6]}19{fifteen[6:]}"
    return seventeen + check_character(seventeen)


def _is_known_region(number: str) -> bool:
    """Look the province up; on a foreigner's permit (9…) it is the one that issued the permit, after the 9."""
    province = number[1:3] if number[0] == _FOREIGNER else number[:2]
    return province in _PROVINCES
