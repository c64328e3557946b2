"""A site's own program that vouches for a kind of token: run out of process, for its maker's library is not ours.

The token goes to its standard input, never into its arguments, where every user of the computer could read it. It
answers with one JSON object on its standard output: ``{"name": …, "number": …}``, or ``{"error": "expired"}``.
"""

import json
import logging
import re
import subprocess
from collections.abc import Mapping, Sequence
from typing import Any, Final

from app.ports.token_verifier import TokenReason, TokenRefused, Vouched

log = logging.getLogger(__name__)

PATIENCE_S: Final = 5.0
MAX_ANSWER: Final = 4096
_MAX_TEXT: Final = 128


class TokenProgram:
    """Implements ``app.ports.token_verifier.TokenVerifier``; ``form`` is the regular expression of its tokens."""

    def __init__(self, form: re.Pattern[str], command: Sequence[str], *, patience_s: float = PATIENCE_S) -> None:
        self._form = form
        self._command = tuple(command)
        self._patience_s = patience_s

    def recognises(self, text: str) -> bool:
        """See ``TokenVerifier``."""
        return self._form.fullmatch(text) is not None

    def verify(self, text: str) -> Vouched:
        """See ``TokenVerifier``."""
        try:
            ran = subprocess.run(  # noqa: S603 - the administrator names the program
                self._command,
                input=text.encode() + b"\n",
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=self._patience_s,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            log.warning("token.program_unanswered error=%s", type(error).__name__)
            raise TokenRefused(TokenReason.UNANSWERED) from error
        answer = _answer(ran.stdout)
        if answer is None:
            log.warning("token.program_answer_unusable status=%s", ran.returncode)
            raise TokenRefused(TokenReason.UNANSWERED)
        if "error" in answer:
            raise TokenRefused(TokenReason.EXPIRED if answer["error"] == "expired" else TokenReason.REFUSED)
        name, number = answer.get("name"), answer.get("number")
        if not (isinstance(name, str) and isinstance(number, str)):
            raise TokenRefused(TokenReason.UNANSWERED)
        if not all(each.strip() and len(each) <= _MAX_TEXT and each.isprintable() for each in (name, number)):
            raise TokenRefused(TokenReason.UNANSWERED)
        return Vouched(name.strip(), number.strip().upper())


def _answer(said: bytes) -> Mapping[str, Any] | None:
    try:
        answer = json.loads(said) if len(said) <= MAX_ANSWER else None
    except (ValueError, RecursionError):  # the second for what is nested without end
        return None
    return answer if isinstance(answer, Mapping) else None
