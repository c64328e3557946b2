"""A process of the tests that says a line of JSON for what it did, and who listens to it."""

import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LONG_S = 120.0


def logs_into(file: Path) -> None:
    """Send what this process's children log into a file; its own errors still go where they went."""
    sys.stderr = os.fdopen(os.dup(2), "w")
    with file.open("ab") as log:
        os.dup2(log.fileno(), 2)


class Speaker:
    """Runs a script that stands beside this file; ``line`` is the next thing it says."""

    def __init__(self, script: str, arguments: Sequence[str]) -> None:
        command = [sys.executable, str(HERE / script), *arguments]
        root = str(HERE.parents[1])
        self.process = subprocess.Popen(
            command, cwd=root, env={**os.environ, "PYTHONPATH": root}, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._rest = b""
        assert self.process.stdout is not None
        self._selector = selectors.DefaultSelector()
        self._selector.register(self.process.stdout, selectors.EVENT_READ)

    def tell(self, word: str) -> None:
        """Say a line to it."""
        assert self.process.stdin is not None
        self.process.stdin.write(word.encode() + b"\n")
        self.process.stdin.flush()

    def line(self, seconds: float) -> dict[str, Any] | None:
        """Return the next line, or None where none came in time."""
        assert self.process.stdout is not None
        limit = time.monotonic() + seconds
        while b"\n" not in self._rest:
            left = limit - time.monotonic()
            if left <= 0 or not self._selector.select(left):
                return None
            heard = os.read(self.process.stdout.fileno(), 65536)
            assert heard, "the process of the counters is gone"
            self._rest += heard
        line, _, self._rest = self._rest.partition(b"\n")
        found: dict[str, Any] = json.loads(line)
        return found

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(30)
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            pipe.close()
        self._selector.close()
