"""What programs beside the counter say: the helper of a maker's library, and a site's verifier of codes on phones."""

import re
import subprocess
from base64 import b64encode
from types import SimpleNamespace
from typing import Any

from typing_extensions import override

from app.ports.token_verifier import TokenRefused, Vouched
from devices.errors import DeviceError
from devices.sam import commands
from devices.scanner import token_program
from devices.scanner.token_program import MAX_ANSWER, TokenProgram
from devices.vendor_dll import line, process
from devices.vendor_dll.address import LibraryAddress
from devices.vendor_dll.line import LibraryLine
from devices.vendor_dll.process import HelperProcess
from fuzzing.target import Broken, FrameTarget

DEEP = b"[" * 1_500


class _Nobody:
    """Takes every question."""

    def write(self, _data: bytes) -> None:
        """Take it."""

    def flush(self) -> None:
        """Nothing is kept."""


class _Helper(HelperProcess):
    """Hears one line after the other from a helper that was not started."""

    def __init__(self) -> None:
        self.said = b""
        self._asked = 0
        self._process = SimpleNamespace(stdin=_Nobody())  # type: ignore[assignment]

    @override
    def _wait_for_line(self, wait_s: float, cancelled: Any) -> bytes:
        return self.said


class HelperAnswers(FrameTarget):
    """A line of the helper process, and what the line to the reader makes of it."""

    name = "vendor helper, answers"
    code = (line, process)
    refusals = (DeviceError,)
    lines_a_byte = 200
    memory_a_byte = 2_000

    def __init__(self) -> None:
        text = b64encode(bytes(256)).decode()
        said = (f'{{"id": 1, "value": 144, "text": "{text}"}}', '{"id": 1, "value": 159}', '{"id": 1, "value": 128}')
        self.corpus = (*(each.encode() + b"\n" for each in said), b'{"id": 1, "value": 144, "text": 5}\n', DEEP + b"\n")
        self._helper = _Helper()
        self._line = LibraryLine(LibraryAddress("sdtapi.dll", 1001, "python"))
        self._line._helper = self._helper

    def take(self, frame: bytes) -> object:
        self._helper.said, self._helper._asked = frame, 0
        answer = self._line.ask(commands.READ)
        if not commands.is_known(answer.sw3):
            raise Broken(f"{answer.sw3} taken for an answer of a module")
        return answer

    def check_good(self) -> None:
        """See ``Target``: the last two good lines are refused."""
        self.swallow(self.corpus)
        for frame in self.corpus[:3]:
            self.take(frame)


class TokenAnswers(FrameTarget):
    """What a verifier of codes prints."""

    name = "token verifier, answers"
    code = (token_program,)
    refusals = (TokenRefused,)
    memory_a_byte = 2_000

    def __init__(self) -> None:
        good = '{"name": "陈某某", "number": "990101199003070015"}'.encode()
        self.corpus = (
            good,
            b'{"error": "expired"}',
            b'{"error": "no"}',
            b'{"name": " ", "number": "9"}',
            DEEP,
            b"x" * (MAX_ANSWER + 1),
        )
        self._program = TokenProgram(re.compile(".*"), ["verify"])

    def take(self, frame: bytes) -> object:
        run = SimpleNamespace(
            **{**vars(subprocess), "run": lambda *_, **__: SimpleNamespace(stdout=frame, returncode=0)}
        )
        token_program.subprocess, honest = run, token_program.subprocess  # type: ignore[assignment]
        try:
            found = self._program.verify("code")
        finally:
            token_program.subprocess = honest
        if not (isinstance(found, Vouched) and found.name and found.number):
            raise Broken(f"{type(found).__name__} without name or number")
        return found

    def check_good(self) -> None:
        """See ``Target``: only the first is a person."""
        self.swallow(self.corpus)
        self.take(self.corpus[0])
