"""What a resident ID card says about its holder; photo and fingerprint never get this far."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from unicodedata import category


class CardType(StrEnum):
    """The four documents a reader knows."""

    RESIDENT = "resident"
    """居民身份证"""
    HMT = "hmt"
    """港澳台居民居住证"""
    FOREIGNER_2017 = "foreigner-2017"
    """外国人永久居留身份证, layout of 2017"""
    FOREIGNER_2023 = "foreigner-2023"
    """外国人永久居留身份证, layout of 2023"""


class Sex(StrEnum):
    """GB/T 2261.1 code."""

    UNKNOWN = "0"
    MALE = "1"
    FEMALE = "2"
    UNSTATED = "9"


@dataclass(frozen=True, slots=True, repr=False)
class IdCard:
    """One card. There is no ``repr`` of the fields, so that no log can hold a name or a number.

    ``name`` is the Chinese name where the card has one, else the English one. ``ethnicity`` is a GB/T 3304 code, empty
    where the card has none. ``valid_to`` None means 长期. ``issuer`` is the authority code on the foreigners' card of
    2017 and empty on that of 2023. ``pass_number`` and ``issue_count`` belong to ``HMT``, ``english_name`` and
    ``nationality`` (ISO 3166 alpha-3) to foreigners.
    """

    type: CardType
    name: str
    sex: Sex
    birth_date: date
    number: str
    valid_from: date
    valid_to: date | None
    ethnicity: str = ""
    address: str = ""
    issuer: str = ""
    pass_number: str = ""
    issue_count: int | None = None
    english_name: str = ""
    nationality: str = ""

    @property
    def has_private_use_characters(self) -> bool:
        """Whether name or address hold code points every site draws its own way: compare with the card by eye."""
        return any(category(character) == "Co" for character in self.name + self.address)
