"""A material of an item's published list: nothing outside this list may be asked for (domain rule L07)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.catalogue.condition import Condition


class Necessity(StrEnum):
    """When a material is due."""

    REQUIRED = "required"
    CONDITIONAL = "conditional"
    DEFERRABLE = "deferrable"
    ONE_OF = "one_of"


class MaterialForm(StrEnum):
    """In what shape a material is handed over."""

    ORIGINAL_KEPT = "orig_keep"
    ORIGINAL_CHECKED = "orig_check"
    ORIGINAL_CHECKED_COPY = "orig_check_copy"
    COPY = "copy"
    ELECTRONIC = "e"


class Source(StrEnum):
    """Who makes the material."""

    SELF = "self"
    GOVERNMENT = "gov"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Defect:
    """A published fault of a material, and what the citizen does about it."""

    what: str
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Material:
    """One line of the published list.

    ``share`` means the centre fetches the data itself (免交); ``identity`` that it is the identity card of the
    applicant, which a card reader proves. ``detail`` maps a situation's option to what it means for this line.
    ``one_of`` names the group of which one line suffices.
    """

    id: str
    name: str
    form: MaterialForm
    originals: int
    copies: int
    necessity: Necessity
    source: Source
    defects: tuple[Defect, ...] = ()
    when: Condition | None = None
    one_of: str | None = None
    share: bool = False
    identity: bool = False
    blank_form: bool = False
    sample: bool = False
    issuer: str = ""
    note: str = ""
    accept: tuple[str, ...] = ()
    detail: Mapping[str, str] = field(default_factory=dict)

    @property
    def deferrable(self) -> bool:
        """Whether the citizen may hand this line in later (容缺)."""
        return self.necessity is Necessity.DEFERRABLE
