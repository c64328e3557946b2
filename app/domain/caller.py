"""Who rang or wrote, out of the one line a clerk writes down (domain rule I70: the caller is optional)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from unicodedata import normalize

from app.domain.person_entry import PHONE

_PHONE = re.compile(rf"(?<![0-9])(?:{PHONE.pattern})(?![0-9])")
_BETWEEN = re.compile(r"[,;:、。]")


@dataclass(frozen=True, slots=True, repr=False)
class Caller:
    """As far as they said; either may be empty. It has no repr, so that it cannot slip into a log."""

    name: str
    phone: str

    def to_json(self) -> dict[str, str]:
        """Return plain JSON values."""
        return {"name": self.name, "phone": self.phone}

    @classmethod
    def from_json(cls, value: Mapping[str, object]) -> "Caller":
        """Read what ``to_json`` made.

        Raises:
            KeyError: a field is missing.
        """
        return cls(str(value["name"]), str(value["phone"]))


def caller_in(line: str) -> Caller | None:
    """Return name and telephone of a line such as ``陈某某 15400000001``; None where it names nobody."""
    plain = normalize("NFKC", line)
    phone = _PHONE.search(plain)
    name = " ".join(_BETWEEN.sub(" ", plain.replace(phone[0], " ") if phone else plain).split())
    return Caller(name, phone[0] if phone else "") if name or phone else None
