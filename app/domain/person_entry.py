"""A person or an organisation typed by hand: what is wrong with each field, and who comes of it (手工录入)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from app.domain.id_card import CardType, Sex
from app.domain.identity_number import IdentityFault, IdentityNumber, check_identity_number
from app.domain.organisation import MAX_NAME, Organisation
from app.domain.person import Person, PersonSource, Slot
from app.domain.uscc import LENGTH, is_valid

MAX_PERSON_NAME: Final = 50
PHONE: Final = re.compile(r"1[0-9]{10}|0[0-9]{2,3}-?[0-9]{7,8}")
_MOBILE_LENGTH: Final = 11
_NUMBER_LENGTH: Final = 18
_NAME: Final = re.compile(r"[^\W\d_](?:[^\W\d_]|[·•・ .,'-])*")
_FOREIGNER_2017: Final = re.compile(r"[A-Z]{3}[0-9]{12}")
_FOREIGNER_2017_LENGTH: Final = 15
_HMT: Final = ("81", "82", "83")
_FOREIGNER_2023: Final = "9"
_CENTURY: Final = 100
_SEXES: Final = {Sex.MALE: "男", Sex.FEMALE: "女"}


class EntryFault(StrEnum):
    """What is wrong with a typed field; the sentences say what to do."""

    EMPTY = "entry_empty"
    NAME = "entry_name"
    NAME_LONG = "entry_name_long"
    NUMBER_LENGTH = "entry_number_length"
    NUMBER_SHAPE = "entry_number_shape"
    NUMBER_CHECK = "entry_number_check"
    NUMBER_BIRTH = "entry_number_birth"
    NUMBER_TYPE = "entry_number_type"
    PHONE = "entry_phone"
    SAME_PERSON = "entry_same_person"
    USCC_LENGTH = "entry_uscc_length"
    USCC = "entry_uscc"


@dataclass(frozen=True, slots=True)
class EntryProblem:
    """A field that keeps the entry from being taken; ``values`` fill its sentence."""

    field: str
    fault: EntryFault
    values: Mapping[str, int]


PERSON_FIELDS: Final = ("card_type", "name", "number", "phone")
ORGANISATION_FIELDS: Final = ("name", "uscc")


def fields_of(slot: Slot) -> tuple[str, ...]:
    """Return the fields typed for a slot, in their order."""
    return ORGANISATION_FIELDS if slot is Slot.ORGANISATION else PERSON_FIELDS


def problems(
    slot: Slot, typed: Mapping[str, str], today: date, others: Mapping[Slot, Person | None]
) -> tuple[EntryProblem, ...]:
    """Return what is wrong with the fields of a slot, in their order; ``others`` are those who sit there already."""
    if slot is Slot.ORGANISATION:
        found = [_name("name", typed, MAX_NAME), _uscc(_of(typed, "uscc"))]
    else:
        number = _number(slot, typed, today, others)
        found = [_name("name", typed, MAX_PERSON_NAME), number, _phone(_of(typed, "phone"))]
    return tuple(each for each in found if each is not None)


def person_of(typed: Mapping[str, str], today: date, now_ms: int) -> Person:
    """Return the person of fields without problems; birth date and sex are what the number says."""
    number = _of(typed, "number").upper()
    checked = check_identity_number(number, today)
    known = checked if isinstance(checked, IdentityNumber) else None
    return Person(
        name=_of(typed, "name"),
        number=known.number if known else number,
        card_type=_type(typed).value,
        source=PersonSource.MANUAL,
        read_at_ms=now_ms,
        birth_date=known.birth_date.isoformat() if known else "",
        sex=_SEXES.get(known.sex, "") if known else "",
        phone=_of(typed, "phone"),
    )


def organisation_of(typed: Mapping[str, str], now_ms: int) -> Organisation:
    """Return the organisation of fields without problems."""
    return Organisation(_of(typed, "name"), _of(typed, "uscc").upper(), now_ms)


def _of(typed: Mapping[str, str], field: str) -> str:
    return typed.get(field, "").strip()


def _type(typed: Mapping[str, str]) -> CardType:
    return CardType(typed.get("card_type", CardType.RESIDENT))


def _name(field: str, typed: Mapping[str, str], longest: int) -> EntryProblem | None:
    name = _of(typed, field)
    if not name:
        return EntryProblem(field, EntryFault.EMPTY, {})
    if len(name) > longest:
        return EntryProblem(field, EntryFault.NAME_LONG, {"limit": longest, "actual": len(name)})
    organisation = longest == MAX_NAME
    well_formed = name.isprintable() if organisation else _NAME.fullmatch(name) is not None
    return None if well_formed else EntryProblem(field, EntryFault.NAME, {})


def _number(
    slot: Slot, typed: Mapping[str, str], today: date, others: Mapping[Slot, Person | None]
) -> EntryProblem | None:
    number, card_type = _of(typed, "number").upper(), _type(typed)
    if not number:
        return EntryProblem("number", EntryFault.EMPTY, {})
    old = card_type is CardType.FOREIGNER_2017
    problem = _foreigner_2017(number) if old else _eighteen(number, card_type, today)
    if problem is not None:
        return problem
    checked = check_identity_number(number, today)
    whole = checked.number if isinstance(checked, IdentityNumber) else number
    applicant = others.get(Slot.APPLICANT) if slot is not Slot.APPLICANT else None
    agent = others.get(Slot.AGENT) if slot is Slot.APPLICANT else None
    if any(each is not None and each.number == whole for each in (applicant, agent)):
        return EntryProblem("number", EntryFault.SAME_PERSON, {})
    return None


def _eighteen(number: str, card_type: CardType, today: date) -> EntryProblem | None:
    checked = check_identity_number(number, today)
    if isinstance(checked, IdentityNumber):
        return None if _fits(checked, card_type) else EntryProblem("number", EntryFault.NUMBER_TYPE, {})
    if len(number) != _NUMBER_LENGTH:
        return EntryProblem("number", EntryFault.NUMBER_LENGTH, {"limit": _NUMBER_LENGTH, "actual": len(number)})
    match checked:
        case IdentityFault.CHECK_CHARACTER:
            return EntryProblem("number", EntryFault.NUMBER_CHECK, {})
        case IdentityFault.SHAPE:
            return EntryProblem("number", EntryFault.NUMBER_SHAPE, {})
        case _:
            return EntryProblem("number", EntryFault.NUMBER_BIRTH, {})


def _fits(checked: IdentityNumber, card_type: CardType) -> bool:
    """Say whether such a document bears such a number: residence permits 81-83, foreigners of 2023 a 9 and a province.

    A 9 with no province behind it is no permit (the division 99 of examples).
    """
    hmt = checked.number.startswith(_HMT)
    nine = checked.number.startswith(_FOREIGNER_2023)
    match card_type:
        case CardType.HMT:
            return hmt
        case CardType.FOREIGNER_2023:
            return nine
        case _:
            return not hmt and not (nine and checked.region_known)


def _foreigner_2017(number: str) -> EntryProblem | None:
    """Three letters of the nationality, four digits of the place, six of the birth date, two more."""
    if len(number) != _FOREIGNER_2017_LENGTH:
        values = {"limit": _FOREIGNER_2017_LENGTH, "actual": len(number)}
        return EntryProblem("number", EntryFault.NUMBER_LENGTH, values)
    if not _FOREIGNER_2017.fullmatch(number):
        return EntryProblem("number", EntryFault.NUMBER_SHAPE, {})
    year, month, day = int(number[7:9]), int(number[9:11]), int(number[11:13])
    for century in (1900, 2000):
        try:
            date(century + year % _CENTURY, month, day)
        except ValueError:
            continue
        return None
    return EntryProblem("number", EntryFault.NUMBER_BIRTH, {})


def _phone(phone: str) -> EntryProblem | None:
    if not phone or PHONE.fullmatch(phone):
        return None
    return EntryProblem("phone", EntryFault.PHONE, {"limit": _MOBILE_LENGTH, "actual": len(phone)})


def _uscc(code: str) -> EntryProblem | None:
    code = code.upper()
    if not code:
        return EntryProblem("uscc", EntryFault.EMPTY, {})
    if len(code) != LENGTH:
        return EntryProblem("uscc", EntryFault.USCC_LENGTH, {"limit": LENGTH, "actual": len(code)})
    return None if is_valid(code) else EntryProblem("uscc", EntryFault.USCC, {})
