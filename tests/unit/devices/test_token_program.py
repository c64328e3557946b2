"""A site's verifier as a program of its own: what it may answer, and that nothing of a token is ever told."""

import re
import sys
from pathlib import Path
from typing import Any

import pytest

from app.ports.token_verifier import TokenReason, TokenRefused, Vouched
from app.storage.messages import sentence
from devices.scanner.token_program import MAX_ANSWER, TokenProgram

TOKEN = "eid_7QK2M9X4"
FORM = re.compile(r"eid_[0-9A-Z]{8}")


@pytest.fixture
def program(tmp_path: Path) -> Any:
    """Return a verifier whose program is these lines; ``token`` is what came in."""

    def make(lines: str, *, patience_s: float = 20.0) -> TokenProgram:
        script = tmp_path / "verify.py"
        script.write_text(f"import json, sys, time\ntoken = sys.stdin.readline().strip()\n{lines}\n")
        return TokenProgram(FORM, [sys.executable, "-I", "-S", str(script)], patience_s=patience_s)

    return make


def refused(verifier: TokenProgram) -> TokenReason:
    with pytest.raises(TokenRefused) as caught:
        verifier.verify(TOKEN)
    assert "7QK2" not in repr(caught.value) + repr(caught.value.__cause__)
    assert sentence(caught.value.reason.value)
    return caught.value.reason


def test_the_whole_text_has_to_match(program: Any) -> None:
    verifier = program("")
    assert [verifier.recognises(each) for each in (TOKEN, TOKEN + "x", "x" + TOKEN, "")] == [True, False, False, False]


def test_who_it_is_comes_back_and_the_token_is_no_argument(program: Any) -> None:
    lines = "assert token == 'eid_7QK2M9X4' and token not in sys.argv\n"
    lines += "print(json.dumps({'name': '陈某某', 'number': '99010119900307001x'}))"
    assert program(lines).verify(TOKEN) == Vouched("陈某某", "99010119900307001X")


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ('print(\'{"error": "expired"}\')', TokenReason.EXPIRED),
        ('print(\'{"error": "whatever"}\')', TokenReason.REFUSED),
        ("print('no json')", TokenReason.UNANSWERED),
        ("print('[1]')", TokenReason.UNANSWERED),
        ('print(\'{"name": 1, "number": "2"}\')', TokenReason.UNANSWERED),
        ('print(\'{"name": "\\\\u0000", "number": "2"}\')', TokenReason.UNANSWERED),
        (f"print('{{\"name\": \"' + 'x' * {MAX_ANSWER} + '\"}}')", TokenReason.UNANSWERED),
        ("sys.stdout.buffer.write(b'\\xff\\xfe')", TokenReason.UNANSWERED),
        ("sys.exit(3)", TokenReason.UNANSWERED),
    ],
)
def test_every_other_answer_is_a_refusal(
    program: Any, lines: str, reason: TokenReason, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG"):
        assert refused(program(lines)) is reason
    assert "7QK2" not in caplog.text


def test_one_that_hangs_is_given_up(program: Any, caplog: pytest.LogCaptureFixture) -> None:
    assert refused(program("time.sleep(60)", patience_s=0.2)) is TokenReason.UNANSWERED
    assert "7QK2" not in caplog.text


def test_one_that_is_not_there_is_an_answer_too(tmp_path: Path) -> None:
    assert refused(TokenProgram(FORM, [str(tmp_path / "none")])) is TokenReason.UNANSWERED
