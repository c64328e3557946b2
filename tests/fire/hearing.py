"""Who listens to the windows of ``callers.py``, and keeps what each has said."""

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from observer import Said
from speaker import LONG_S, Speaker


class Callers(Speaker):
    """The process of ``callers.py``; what each window says is kept, lines without a window are an error."""

    def __init__(self, folder: Path, answer_s: float, windows: Mapping[str, Sequence[str]]) -> None:
        told = [part for name, more in windows.items() for part in (name, *more)]
        super().__init__("callers.py", [str(folder), str(answer_s), *told])
        self.said = {name: Said() for name in windows}
        self.unanswered = 0

    def until(self, word: str, seconds: float = LONG_S) -> None:
        """Listen until every window has said the word.

        Raises:
            TimeoutError: one has not.
        """
        missing, limit = set(self.said), time.monotonic() + seconds
        while missing:
            line = self.line(limit - time.monotonic())
            if line is None:
                raise TimeoutError(f"{word} of {missing}")
            self._take(line)
            if word in line:
                missing.discard(line["window"])

    def listen(self, seconds: float) -> None:
        """Hear what is said for so long."""
        limit = time.monotonic() + seconds
        while (line := self.line(limit - time.monotonic())) is not None:
            self._take(line)

    def listen_until(self, true: Callable[[], bool]) -> None:
        """Hear what is said until something is so."""
        limit = time.monotonic() + LONG_S
        while not true():
            assert time.monotonic() < limit, "the lines do not break"
            self.listen(0.05)

    def close_input(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()

    def _take(self, line: dict[str, Any]) -> None:
        self.said[line["window"]].take(line)
        self.unanswered += "unanswered" in line
        assert "died" not in line, line
        assert not line.get("ended"), line
