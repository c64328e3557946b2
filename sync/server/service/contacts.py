"""The part of a published catalogue that says whom a citizen may ring."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Office:
    """A department with its telephone and the one for complaints."""

    name: str = ""
    tel: str = ""
    complaint_tel: str = ""


@dataclass(frozen=True, slots=True)
class Contacts:
    """``efficacy_tel`` is the centre's own for complaints (效能投诉); ``offices`` maps a department's id."""

    efficacy_tel: str = ""
    offices: Mapping[str, Office] = field(default_factory=dict)


def contacts_of(document: Mapping[str, Any]) -> Contacts:
    """Read the contacts from a document that passed the publish gate."""
    offices = {
        each["id"]: Office(each["name"], each["tel"], each["complaint_tel"]) for each in document.get("departments", ())
    }
    return Contacts(document.get("center", {}).get("efficacy_tel", ""), offices)
