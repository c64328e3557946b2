"""What is known while an overdue case is returned, and the key that asks for it."""

from dataclasses import dataclass

from app.domain.case import Case
from ui.press import Press


class OpenOverdue(Press):
    """Ctrl+I: the cases of this window whose papers did not come in time."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, repr=False)
class OverdueState:
    """Which case goes back, what is wrong (a code), and whether a password is looked at; no repr: it names persons."""

    case: Case
    error: str = ""
    checking: bool = False
