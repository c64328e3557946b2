"""The tiny language of ``when:`` in the catalogue, so that a published list can be read by a program and a person.

``agent == 委托`` · ``proxy != 本人`` · ``kind in [智力, 精神] or minor == 是``; ``and`` binds tighter than ``or``.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

MAX_LENGTH = 300
MAX_TESTS = 16

_TEST = re.compile(r"([a-z][a-z0-9_]{0,31})\s*(==|!=|\bin\b)\s*(\S.{0,200})")
_OPTION = re.compile(r"[^\[\]=!,，\s]{1,100}")


class ConditionError(ValueError):
    """The text is not a condition."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison of a situation's answer with options."""

    key: str
    options: tuple[str, ...]
    negated: bool = False

    def holds(self, answers: Mapping[str, str]) -> bool:
        """Compare; a question not answered yet decides nothing."""
        answer = answers.get(self.key)
        return answer is not None and (answer in self.options) is not self.negated


@dataclass(frozen=True, slots=True)
class Condition:
    """Alternatives, each a row of tests that must all hold."""

    text: str
    alternatives: tuple[tuple[Comparison, ...], ...]

    def holds(self, answers: Mapping[str, str]) -> bool:
        """Say whether the answers make the condition true."""
        return any(all(test.holds(answers) for test in row) for row in self.alternatives)

    def tests(self) -> Iterator[Comparison]:
        """Every comparison, in written order."""
        for row in self.alternatives:
            yield from row

    def keys(self) -> frozenset[str]:
        """The situations this condition looks at."""
        return frozenset(test.key for test in self.tests())


def parse(text: str) -> Condition:
    """Read a condition.

    Raises:
        ConditionError: not in the language, or longer than its bounds.
    """
    if len(text) > MAX_LENGTH:
        raise ConditionError("too long")
    rows = tuple(
        tuple(_test(part) for part in re.split(r"\sand\s", alternative)) for alternative in re.split(r"\sor\s", text)
    )
    if sum(map(len, rows)) > MAX_TESTS:
        raise ConditionError("too many tests")
    return Condition(text, rows)


def _test(text: str) -> Comparison:
    match = _TEST.fullmatch(text.strip())
    if match is None:
        raise ConditionError(text)
    key, operator, operand = match.groups()
    if operator == "in":
        if not (operand.startswith("[") and operand.endswith("]")):
            raise ConditionError(text)
        return Comparison(key, tuple(_option(each) for each in re.split("[,，]", operand[1:-1])))
    return Comparison(key, (_option(operand),), negated=operator == "!=")


def _option(text: str) -> str:
    option = text.strip()
    if not _OPTION.fullmatch(option):
        raise ConditionError(text)
    return option
