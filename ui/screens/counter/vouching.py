"""The second person beside the clerk: what was typed, and who that is; a wrong password is a code, not an incident."""

from typing import Final

from app.domain.clerk import Clerk
from app.ports.clerk_authority import SignInRefused
from ui.screens.counter.acts import NotDone
from ui.screens.counter.parts import CounterParts

_CODES: Final = {"unauthorised": "wrong_password", "forbidden": "manager_needed", "malformed": "wrong_password"}


def typed_fault(number: str, password: str) -> str:
    """Return the code of what was not typed; empty where both were."""
    if number and password:
        return ""
    return "password_first" if number else "manager_first"


def vouched(parts: CounterParts, number: str, password: str) -> Clerk | NotDone:
    """Return who stands there; raises ``ActRefused`` where nobody can be asked."""
    try:
        return parts.vouch(number, password)
    except SignInRefused as refusal:
        return NotDone(_CODES.get(refusal.code, refusal.code))
