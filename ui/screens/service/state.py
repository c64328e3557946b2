"""What is known while a service is written down."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.case import Case
from app.domain.service import ServiceMode


@dataclass(frozen=True, slots=True, repr=False)
class ServiceState:
    """Of which case and in which way, what was typed by field, and what is wrong; no repr, for it names persons."""

    case: Case
    mode: ServiceMode
    values: Mapping[str, str] = field(default_factory=dict)
    error: str = ""
