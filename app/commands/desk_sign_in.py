"""Signs in, by a file, who sits at a desk that is no counter; only the demo and tests have such a file."""

import json
from pathlib import Path

from app.commands.floor_settings import FloorSettings
from app.commands.manager_session import NOT_THEIRS, ManagerSession
from app.commands.manager_sign_in import sign_in_manager
from app.ports.clerk_authority import SignInRefused
from app.ports.clock import Clock
from ui.screens.program import ScreenNotOpen

_FINAL = frozenset(NOT_THEIRS.values())


def sign_in_by_file(server_url: str, settings: FloorSettings, clock: Clock) -> ManagerSession:
    """Return the session of who the settings' files name.

    Raises:
        ScreenNotOpen: with the code of what is the matter.
    """
    if settings.sign_in_file is None or settings.token_file is None:
        raise ScreenNotOpen("floor_no_sign_in", final=True)
    token = _text(settings.token_file, "token_unreadable").strip()
    try:
        given = json.loads(_text(settings.sign_in_file, "floor_no_sign_in"))
        clerk, password = str(given["clerk"]), str(given["password"])
    except (ValueError, KeyError, TypeError) as error:
        raise ScreenNotOpen("floor_no_sign_in", final=True) from error
    try:
        return sign_in_manager(server_url, token, settings.hall, clock, (clerk, password), role=settings.role)
    except SignInRefused as refusal:
        wrong = refusal.code == "unauthorised"
        final = wrong or refusal.code in _FINAL
        raise ScreenNotOpen("sign_in_refused" if wrong else refusal.code, final=final) from refusal


def _text(file: Path, code: str) -> str:
    try:
        return file.read_text(encoding="ascii")
    except (OSError, UnicodeError) as error:
        raise ScreenNotOpen(code, final=True, place=str(file)) from error
