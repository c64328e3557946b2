"""Numbers with legal meaning: given at the counter, final once printed, the same online and offline (sync.md 3)."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from app.domain.check_digit import check_digit

LAST_SEQUENCE = 9999

_CODE = re.compile(r"[0-9]{4}")
_CASE_NUMBER = re.compile(r"([0-9]{4})-([0-9]{4})-([0-9]{4})([0-9]{2})([0-9]{2})-([0-9]{4})-([0-9])")
_DOCUMENT_PREFIX = re.compile(r"[^\W\d_]{1,16}")


class SerialFault(StrEnum):
    """What is wrong with a serial number."""

    SHAPE = "serial_shape"
    DATE = "serial_date"
    CHECK_DIGIT = "serial_check_digit"
    SEQUENCE = "serial_sequence"


class InvalidSerialError(ValueError):
    """The number cannot exist; ``reason`` says why."""

    def __init__(self, reason: SerialFault) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True, order=True)
class CaseNumber:
    """办件编号, printed as ``9901-0003-20261123-0017-4``.

    ``centre`` and ``counter`` (the device's registration, not the window) are codes of four digits; ``sequence``
    counts 1 to 9999 for that counter and day.
    """

    centre: str
    counter: str
    day: date
    sequence: int

    def __post_init__(self) -> None:
        """Refuse parts that do not fit.

        Raises:
            InvalidSerialError: a code is not four digits, or the sequence is out of range.
        """
        _check_code(self.centre)
        _check_code(self.counter)
        _check_sequence(self.sequence)

    def __str__(self) -> str:
        parts = (self.centre, self.counter, self.day.isoformat().replace("-", ""), f"{self.sequence:04}")
        return "-".join((*parts, check_digit("".join(parts))))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a number as printed, hyphens and check digit included.

        Raises:
            InvalidSerialError: another shape, an impossible date, or a wrong check digit.
        """
        match = _CASE_NUMBER.fullmatch(text)
        if not match:
            raise InvalidSerialError(SerialFault.SHAPE)
        centre, counter, year, month, day, sequence, check = match.groups()
        if check_digit(text[:-1].replace("-", "")) != check:
            raise InvalidSerialError(SerialFault.CHECK_DIGIT)
        try:
            business_day = date(int(year), int(month), int(day))
        except ValueError:
            raise InvalidSerialError(SerialFault.DATE) from None
        return cls(centre, counter, business_day, int(sequence))


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """文号, printed as ``示食许受〔2026〕0003-0117号``.

    ``prefix`` names the organ and the kind of document; ``sequence`` counts 1 to 9999 per counter, kind and year.
    """

    prefix: str
    year: int
    counter: str
    sequence: int

    def __post_init__(self) -> None:
        """Refuse parts that do not fit.

        Raises:
            InvalidSerialError: the prefix is not 1-16 letters, the year or counter not four digits, the sequence
                out of range.
        """
        if not _DOCUMENT_PREFIX.fullmatch(self.prefix):
            raise InvalidSerialError(SerialFault.SHAPE)
        _check_code(str(self.year))
        _check_code(self.counter)
        _check_sequence(self.sequence)

    def __str__(self) -> str:
        return f"{self.prefix}〔{self.year}〕{self.counter}-{self.sequence:04}号"


def _check_code(code: str) -> None:
    if not _CODE.fullmatch(code):
        raise InvalidSerialError(SerialFault.SHAPE)


def _check_sequence(sequence: int) -> None:
    if not 1 <= sequence <= LAST_SEQUENCE:
        raise InvalidSerialError(SerialFault.SEQUENCE)
