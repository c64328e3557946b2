"""A card as the plain fields of one JSON line: what the ``card`` command prints and what the simulator is given."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.domain.ethnicity import ETHNICITIES
from app.domain.id_card import CardType, IdCard, Sex

SEXES = {Sex.UNKNOWN: "未知", Sex.MALE: "男", Sex.FEMALE: "女", Sex.UNSTATED: "未说明"}

_SEX_CODES = {word: code for code, word in SEXES.items()} | {str(code): code for code in Sex}
_ETHNICITY_CODES = {name: code for code, name in ETHNICITIES.items()}


def to_fields(card: IdCard) -> dict[str, Any]:
    """Return the card's fields: dates ISO, ``valid_to`` null for 长期, sex and ethnicity in words and as codes."""
    fields = {
        "type": str(card.type),
        "name": card.name,
        "sex": SEXES[card.sex],
        "sex_code": str(card.sex),
        "ethnicity": ETHNICITIES.get(card.ethnicity, card.ethnicity),
        "ethnicity_code": card.ethnicity,
        "birth_date": card.birth_date.isoformat(),
        "address": card.address,
        "number": card.number,
        "issuer": card.issuer,
        "valid_from": card.valid_from.isoformat(),
        "valid_to": card.valid_to.isoformat() if card.valid_to else None,
        "private_use": card.has_private_use_characters,
    }
    if card.type is CardType.HMT:
        return fields | {"pass_number": card.pass_number, "issue_count": card.issue_count}
    if card.type in (CardType.FOREIGNER_2017, CardType.FOREIGNER_2023):
        return fields | {"english_name": card.english_name, "nationality": card.nationality}
    return fields


def from_fields(fields: Mapping[str, Any]) -> IdCard:
    """Return the card such fields describe; sex and ethnicity may be words or codes, ``type`` defaults to resident.

    Raises:
        ValueError: a field is missing or makes no sense.
    """
    try:
        ethnicity = str(fields.get("ethnicity", ""))
        english_name = str(fields.get("english_name", ""))
        return IdCard(
            type=CardType(fields.get("type", CardType.RESIDENT)),
            name=str(fields.get("name", "")) or english_name,
            sex=_SEX_CODES[str(fields["sex"])],
            birth_date=_date(fields["birth_date"]),
            number=str(fields["number"]),
            valid_from=_date(fields["valid_from"]),
            valid_to=None if fields.get("valid_to") in (None, "长期") else _date(fields["valid_to"]),
            ethnicity=_ETHNICITY_CODES.get(ethnicity, ethnicity),
            address=str(fields.get("address", "")),
            issuer=str(fields.get("issuer", "")),
            pass_number=str(fields.get("pass_number", "")),
            issue_count=None if fields.get("issue_count") is None else int(fields["issue_count"]),
            english_name=english_name,
            nationality=str(fields.get("nationality", "")),
        )
    except KeyError as error:
        raise ValueError(f"card field {error} is missing or unknown") from error


def _date(value: object) -> date:
    return date.fromisoformat(str(value))
