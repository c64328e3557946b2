"""The people of a case, each in a slot of their own: an agent's card never fills the applicant."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from app.domain.ethnicity import ETHNICITIES
from app.domain.id_card import IdCard, Sex
from app.domain.record import names, plain

MAX_TEXT = 200

_SEXES = {Sex.MALE: "男", Sex.FEMALE: "女"}


class Slot(StrEnum):
    """In whose place a person stands."""

    APPLICANT = "applicant"
    AGENT = "agent"
    GUARDIAN = "guardian"
    ORGANISATION = "organisation"


class PersonSource(StrEnum):
    """Where the data came from; typed data is marked 手工录入."""

    CARD = "card"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """Identity data of one person; it has no repr, so that it cannot slip into a log.

    ``card_type`` is the card reader's code (resident, hmt, foreigner-2017, foreigner-2023) or another document's;
    ``birth_date`` an ISO date or empty; ``read_at_ms`` UTC milliseconds.
    """

    name: str
    number: str
    card_type: str
    source: PersonSource
    read_at_ms: int
    address: str = ""
    birth_date: str = ""
    sex: str = ""
    ethnicity: str = ""
    phone: str = ""

    @classmethod
    def from_card(cls, card: IdCard, read_at_ms: int) -> Self:
        """Take over what an identity card says; coded sex and ethnicity become the words of the form."""
        return cls(
            name=card.name,
            number=card.number,
            card_type=card.type.value,
            source=PersonSource.CARD,
            read_at_ms=read_at_ms,
            address=card.address,
            birth_date=card.birth_date.isoformat(),
            sex=_SEXES.get(card.sex, ""),
            ethnicity=ETHNICITIES.get(card.ethnicity, ""),
        )

    def to_json(self) -> dict[str, Any]:
        """Return a plain mapping."""
        return plain(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Read what ``to_json`` made.

        Raises:
            ValueError: a field is missing, unknown, too long or of another type.
        """
        if value.keys() != set(names(cls)):
            raise ValueError("unexpected fields of a person")
        texts = {key: each for key, each in value.items() if key != "read_at_ms"}
        if not all(isinstance(each, str) and len(each) <= MAX_TEXT for each in texts.values()):
            raise ValueError("a person's fields are short texts")
        if type(value["read_at_ms"]) is not int:
            raise ValueError("read_at_ms is in milliseconds")
        return cls(**{**value, "source": PersonSource(value["source"])})
