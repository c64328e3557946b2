"""What counter.toml may say of programs that vouch for short-lived codes on a phone (docs/scanners.md)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

EXAMPLE_TABLE: Final = "[[token]] form = 'REGEX', program = ['/PATH', …]"


@dataclass(frozen=True, slots=True)
class TokenSettings:
    """The regular expression that the whole of a token has to match, and the program with its arguments."""

    form: re.Pattern[str]
    program: tuple[str, ...]


def tokens_of(tables: Sequence[Mapping[str, Any]] | object) -> tuple[TokenSettings, ...]:
    """Return the verifiers in their order.

    Raises:
        ValueError: no list of tables with just a regular expression ``form`` and a ``program``.
    """
    if not isinstance(tables, Sequence) or isinstance(tables, str):
        raise ValueError("no list of tables")  # noqa: TRY004 - what a person wrote, told as one fault
    return tuple(_token(each) for each in tables)


def _token(table: object) -> TokenSettings:
    if not isinstance(table, Mapping) or set(table) != {"form", "program"}:
        raise ValueError("form and program")
    form, program = table["form"], table["program"]
    if not isinstance(form, str) or not isinstance(program, list) or not program:
        raise ValueError("a text and a list")
    if not all(isinstance(each, str) and each for each in program):
        raise ValueError("a list of texts")
    try:
        return TokenSettings(re.compile(form), tuple(program))
    except re.error as error:
        raise ValueError("no regular expression") from error
