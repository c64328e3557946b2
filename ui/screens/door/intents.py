"""What can be said at the door; frozen values, without a repr where they carry a secret."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class TypeCode:
    """The field of the one-time code now holds ``text``."""

    text: str


@dataclass(frozen=True, slots=True, repr=False)
class Knock:
    """Enter: the fields of the page, in their order."""

    given: tuple[str, ...]
