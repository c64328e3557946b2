"""What a look at one part of the machine found, and a look that cannot take longer than it may."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Self, TypeVar

from app.storage.messages import text

T = TypeVar("T")


class State(StrEnum):
    """How a part stands: it works, it works and somebody should do something soon, it does not work."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """One part looked at.

    Where it is not well ``code`` names what is wrong, ``message`` says it in a sentence and ``advice`` what to do.
    """

    part: str
    ok: bool
    state: State
    message: str
    advice: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look saw; with a ``code`` of the message table it works, and the sentence of the code says what to do."""

    message: str
    code: str = ""


class Ill(Exception):  # noqa: N818 - a state of the machine
    """A part does not work; ``code`` is of the message table, ``remedy`` another one where the first names none."""

    def __init__(self, code: str, remedy: str = "", **values: object) -> None:
        super().__init__(code)
        self.code = str(code)
        self.message, self.advice = told(code, **values)
        if remedy:
            self.advice = text(remedy).rstrip("。")


Look = Callable[[], Seen | str]
"""Looks at one part; raises ``Ill``."""


def told(code: str, **values: object) -> tuple[str, str]:
    """Return the first of a code's sentences, what is the matter, and the others: what to do."""
    what, _, advice = text(code, **values).partition("。")
    return what, advice.rstrip("。")


def look(part: str, examine: Look) -> Finding:
    """Look at a part now, as long as it takes."""
    try:
        seen = examine()
    except Ill as ill:
        return fault(part, ill)
    if isinstance(seen, str) or not seen.code:
        return Finding(part, ok=True, state=State.OK, message=seen if isinstance(seen, str) else seen.message)
    what, advice = told(seen.code)
    return Finding(part, ok=True, state=State.WARNING, message=f"{seen.message}，{what}", advice=advice, code=seen.code)


class Within(Generic[T]):
    """Work that has begun in a thread of its own; what hangs is given up, and ends with the program."""

    def __init__(self, name: str, work: Callable[[], T], limit_s: float) -> None:
        self._work, self._limit_s = work, limit_s
        self._done: list[T] = []
        self._failed: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name=f"look-{name}", daemon=True)
        self._thread.start()

    def result(self) -> T:
        """Wait for the result; a mistake of this program is raised here.

        Raises:
            TimeoutError: it takes longer than it may.
        """
        self._thread.join(self._limit_s)
        if self._failed is not None:
            raise self._failed
        if not self._done:
            raise TimeoutError
        return self._done[0]

    def _run(self) -> None:
        try:
            self._done.append(self._work())
        except BaseException as error:  # noqa: BLE001 - it is raised again where the result is asked for
            self._failed = error


class Looking:
    """A look at one or more parts that has begun, and cannot take longer than ``limit_s``; ``part`` is the first."""

    def __init__(self, part: str, examine: Callable[[], Sequence[Finding]], limit_s: float) -> None:
        self._part, self._limit_s = part, limit_s
        self._within = Within(part, examine, limit_s)

    @classmethod
    def at(cls, part: str, examine: Look, limit_s: float) -> Self:
        """Begin to look at one part."""
        return cls(part, lambda: (look(part, examine),), limit_s)

    def findings(self) -> Sequence[Finding]:
        """Wait for what was found."""
        try:
            return self._within.result()
        except TimeoutError:
            return (fault(self._part, Ill("doctor_timeout", seconds=f"{self._limit_s:g}")),)


def fault(part: str, ill: Ill) -> Finding:
    """Return the finding of a part that does not work."""
    return Finding(part, ok=False, state=State.FAULT, message=ill.message, advice=ill.advice, code=ill.code)
