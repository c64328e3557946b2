"""Child processes of the demo: started with their first line read, stopped with their parent, each with a log."""

import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from app.commands.parent import die_with_parent

READY_S = 30.0
END_S = 5.0


class ChildFailed(RuntimeError):  # noqa: N818 - a state of the world, told to whoever started the demo
    """A child ended, or stayed silent, before it said that it is ready; ``text`` is its last word."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(f"{name}: {text}")
        self.name = name
        self.text = text


class Child:
    """One ``chuangkou`` command as a process of its own, logging into ``log_dir``."""

    def __init__(self, name: str, arguments: Sequence[str], log_dir: Path) -> None:
        self.name = name
        self._arguments = [sys.executable, "-m", "app.main", *arguments]
        self._log = log_dir / f"{name}.log"
        self._process: subprocess.Popen[str] | None = None

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        return self._process.pid if self.running and self._process else None

    @property
    def running(self) -> bool:
        """Whether the process is alive."""
        return self._process is not None and self._process.poll() is None

    @property
    def status(self) -> int | None:
        """The exit status, None while it runs or before it started; negative for a signal."""
        return self._process.poll() if self._process else None

    def start(self, *, ready_line: bool) -> None:
        """Start the process; with ``ready_line`` its first line is kept for ``ready``."""
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("a", encoding="utf-8") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own command line, no shell
                self._arguments,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE if ready_line else log,
                stderr=log,
                text=True,
                preexec_fn=die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 - only a prctl call
                start_new_session=True,
            )

    def ready(self) -> dict[str, Any]:
        """Wait for the first line, one JSON object, and return it.

        Raises:
            ChildFailed: it ended or said nothing for 30 seconds.
        """
        if self._process is None or self._process.stdout is None:
            raise ChildFailed(self.name, "no output to read")
        return self._first_line(self._process, self._process.stdout)

    def stop(self) -> None:
        """Ask it to end, and end it if it does not."""
        if self._process is None or not self.running:
            return
        self._process.terminate()
        try:
            self._process.wait(END_S)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        if self._process is not None and self.running:
            self._process.kill()
            self._process.wait(END_S)

    def _first_line(self, process: subprocess.Popen[str], output: IO[str]) -> dict[str, Any]:
        timer = threading.Timer(READY_S, process.kill)
        timer.start()
        try:
            line = output.readline()
        finally:
            timer.cancel()
        try:
            answer: dict[str, Any] = json.loads(line)
        except ValueError:
            process.wait(END_S)
            raise ChildFailed(self.name, line.strip() or self._last_words()) from None
        if "error" in answer:
            process.wait(END_S)
            raise ChildFailed(self.name, str(answer.get("message", answer["error"])))
        threading.Thread(target=_drain, args=(output,), name=f"{self.name}-output", daemon=True).start()
        return answer

    def _last_words(self) -> str:
        lines = self._log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return lines[-1] if lines else "ended without a word"


def _drain(stream: IO[str]) -> None:
    for _ in stream:
        pass
