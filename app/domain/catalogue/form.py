"""The intake form of an item, written as JSON Schema, and what is wrong with a filled one."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.identity_number import IdentityNumber, check_identity_number
from app.domain.uscc import is_valid


class FieldFault(StrEnum):
    """What can be wrong with a filled field."""

    REQUIRED = "required"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    PATTERN = "pattern"
    NOT_AN_OPTION = "not_an_option"
    CHECK = "check"


class FieldCheck(StrEnum):
    """What a pattern cannot say of a value: a check character, a day of the calendar."""

    IDENTITY = "identity"
    USCC = "uscc"
    DATE = "date"


def _identity(value: str) -> bool:
    return isinstance(check_identity_number(value, date.max), IdentityNumber) or bool(_OLD_FOREIGNER.fullmatch(value))


def _day(value: str) -> bool:
    try:
        return bool(_DAY.fullmatch(value)) and date.fromisoformat(value) is not None
    except ValueError:
        return False


_OLD_FOREIGNER = re.compile(r"[A-Z]{3}[0-9]{12}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
CHECKS: Mapping[FieldCheck, Callable[[str], bool]] = {
    FieldCheck.IDENTITY: _identity,
    FieldCheck.USCC: is_valid,
    FieldCheck.DATE: _day,
}


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """A field that keeps the form from being valid; ``values`` fill the sentence shown under it."""

    field: str
    fault: FieldFault
    values: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class FormField:
    """One field; lengths count characters, ``options`` empty means free text.

    ``prefill`` names where a first value comes from: ``applicant.name``, ``agent.number``, ``situation.premises`` …
    ``help`` is the sentence shown when ``pattern`` or ``check`` does not hold: it says how to write the value.
    """

    name: str
    title: str
    short: str
    required: bool
    max_length: int
    min_length: int = 0
    pattern: str | None = None
    options: tuple[str, ...] = ()
    prefill: str | None = None
    default: str = ""
    check: FieldCheck | None = None
    help: str = ""

    def problem(self, value: str) -> FieldProblem | None:
        """Return the first thing wrong with a value, or None; an empty optional field is right."""
        if not value.strip():
            return self._fault(FieldFault.REQUIRED) if self.required else None
        if len(value) < self.min_length:
            return self._fault(FieldFault.TOO_SHORT, limit=self.min_length, actual=len(value))
        if len(value) > self.max_length:
            return self._fault(FieldFault.TOO_LONG, limit=self.max_length, actual=len(value))
        return self._content_problem(value)

    def _content_problem(self, value: str) -> FieldProblem | None:
        if self.options and value not in self.options:
            return self._fault(FieldFault.NOT_AN_OPTION)
        if self.pattern is not None and not re.fullmatch(self.pattern, value):
            return self._fault(FieldFault.PATTERN)
        if self.check is not None and not CHECKS[self.check](value.strip()):
            return self._fault(FieldFault.CHECK)
        return None

    def _fault(self, fault: FieldFault, **values: int) -> FieldProblem:
        return FieldProblem(self.name, fault, {"title": self.title, **values})


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of one item's intake form, in the order they are filled."""

    title: str
    fields: tuple[FormField, ...]

    def field(self, name: str) -> FormField | None:
        """Return the field of that name."""
        return next((each for each in self.fields if each.name == name), None)
