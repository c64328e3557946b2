"""A service item (事项) as its department published it: what the counter promises, asks for and gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.catalogue.condition import Condition
from app.domain.catalogue.form import Form
from app.domain.catalogue.law import Citation
from app.domain.catalogue.material import Material
from app.domain.catalogue.organisation import Authority
from app.domain.limit_unit import LimitUnit

JOINT_FLAG = "联办件"
"""The flag of an item that several departments handle together."""
LICENCE = "行政许可"
"""The item type to which the closed list of outcomes of the Licensing Law (art. 32) applies."""


NOT_NEEDED = "32(1)(1)"
"""The clause of the Licensing Law under which nothing has to be applied for."""


class CaseType(StrEnum):
    """The two kinds of case of the national implementation list."""

    INSTANT = "即办件"
    PROMISED = "承诺件"


class SupplementMode(StrEnum):
    """What becomes of good materials when others have to be supplemented."""

    NOTICE = "notice"
    RETURN_MATERIALS = "return_materials"


@dataclass(frozen=True, slots=True)
class Extension:
    """The one extension of a statutory limit, and who approves it."""

    days: int
    unit: LimitUnit
    approver: str


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit of ``days`` in ``unit`` (NOW is 0) from the event ``start``; ``days`` None: the law sets none."""

    days: int | None
    unit: LimitUnit
    start: str = ""
    basis: str = ""
    extension: Extension | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """One question that decides which conditional materials are due.

    The first option is the pre-answered one; ``by_agent`` are those that mean somebody else stands at the counter.
    """

    key: str
    ask: str
    options: tuple[str, ...]
    by_agent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FeeRule:
    """One published amount: integer fen per ``per``."""

    id: str
    name: str
    fen: int
    per: str
    basis: str


@dataclass(frozen=True, slots=True)
class Fee:
    """Whether the item costs anything; amounts stand in rules only, so that none can be typed."""

    charge: bool
    basis: str
    rules: tuple[FeeRule, ...] = ()


@dataclass(frozen=True, slots=True)
class FormRef:
    """Which file of the forms a version means: its name, and the SHA-256 it had when it was published."""

    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class FeeWaiver:
    """减免: whom the law lets off ``percent`` of the fee (100: all of it), and which article of the library says so."""

    id: str
    name: str
    percent: int
    law: str
    article: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the procedure as the guide shows it."""

    n: int
    name: str
    role: str
    limit: str


@dataclass(frozen=True, slots=True)
class SpecialProcedure:
    """A procedure whose time does not count (Licensing Law art. 45), unless ``counts``."""

    name: str
    counts: bool
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A case in which this window must not accept: not needed 32(1)(1), or another organ's 32(1)(2).

    ``condition`` is None where no situation question decides it and only the clerk can see it.
    """

    case: str
    tell: str
    ground: str
    basis: str = ""
    condition: Condition | None = None

    @property
    def not_needed(self) -> bool:
        """Whether no licence is needed at all; else another organ decides."""
        return self.ground == NOT_NEEDED


@dataclass(frozen=True, slots=True)
class PublishedRefusal:
    """A case in which an item that is no licence is not accepted: the law of the library it rests on, what to tell."""

    case: str
    tell: str
    law: str
    article: str


@dataclass(frozen=True, slots=True)
class Result:
    """What the citizen receives in the end."""

    name: str
    kind: str
    electronic: bool
    validity: str


@dataclass(frozen=True, slots=True)
class NextStep:
    """What usually follows this item, for the guiding slip."""

    when: str
    do: str = ""
    item: str | None = None
    window: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One published item.

    ``department`` decides; ``intake`` takes the papers in where another organ does; ``guide_department`` supervises it.
    ``supplement_days`` calendar days a noticed case is kept for its missing papers, ``deferral_days`` working days in
    which a deferred one (容缺) has to come; None: the item sets none.
    ``delegated`` is the most a window may do with it. ``doc_prefix`` begins its document numbers (文号), e.g. 示食许.
    ``pinyin`` are further readings of the name, syllables apart, where a character is read unusually. ``form_files``
    are the forms at hand by material and kind (blank, sample).
    """

    id: str
    name: str
    short: str
    code31: str
    type: str
    case_type: CaseType
    department: str
    level: str
    served: str
    delegated: Authority
    doc_prefix: str
    legal_basis: tuple[Citation, ...]
    conditions: tuple[str, ...]
    situations: tuple[Situation, ...]
    materials: tuple[Material, ...]
    form: Form
    supplement_mode: SupplementMode
    statutory_limit: Limit
    promised_limit: Limit
    fee: Fee
    steps: tuple[Step, ...]
    result: Result
    remedy: str
    special_procedures: tuple[SpecialProcedure, ...] = ()
    not_needed_when: tuple[Exclusion, ...] = ()
    not_ours_when: tuple[Exclusion, ...] = ()
    refused_when: tuple[PublishedRefusal, ...] = ()
    next: tuple[NextStep, ...] = ()
    flags: tuple[str, ...] = ()
    pii: tuple[str, ...] = ()
    guide_department: str | None = None
    intake: str | None = None
    supplement_days: int | None = None
    deferral_days: int | None = None
    pinyin: tuple[str, ...] = ()
    fee_waivers: tuple[FeeWaiver, ...] = ()
    form_files: Mapping[str, Mapping[str, FormRef]] = field(default_factory=dict)

    @property
    def is_licence(self) -> bool:
        """Whether the Administrative Licensing Law governs this item."""
        return self.type == LICENCE

    def material(self, material_id: str) -> Material | None:
        """Return the material of that id."""
        return next((each for each in self.materials if each.id == material_id), None)

    def fee_waiver(self, waiver_id: str) -> FeeWaiver | None:
        """Return the published waiver of that id."""
        return next((each for each in self.fee_waivers if each.id == waiver_id), None)

    def situation(self, key: str) -> Situation | None:
        """Return the situation question of that key."""
        return next((each for each in self.situations if each.key == key), None)

    def exclusion(self, answers: Mapping[str, str]) -> Exclusion | None:
        """Return the first exclusion that the answers make true."""
        for each in (*self.not_needed_when, *self.not_ours_when):
            if each.condition is not None and each.condition.holds(answers):
                return each
        return None
