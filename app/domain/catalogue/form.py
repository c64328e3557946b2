"""The intake form of an item, written as JSON Schema, and what is wrong with a filled one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class FieldFault(StrEnum):
    """What can be wrong with a filled field."""

    REQUIRED = "required"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    PATTERN = "pattern"
    NOT_AN_OPTION = "not_an_option"


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

    def problem(self, value: str) -> FieldProblem | None:
        """Return the first thing wrong with a value, or None; an empty optional field is right."""
        if not value.strip():
            return self._fault(FieldFault.REQUIRED) if self.required else None
        if len(value) < self.min_length:
            return self._fault(FieldFault.TOO_SHORT, limit=self.min_length, actual=len(value))
        if len(value) > self.max_length:
            return self._fault(FieldFault.TOO_LONG, limit=self.max_length, actual=len(value))
        if self.options and value not in self.options:
            return self._fault(FieldFault.NOT_AN_OPTION)
        if self.pattern is not None and not re.fullmatch(self.pattern, value):
            return self._fault(FieldFault.PATTERN)
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
