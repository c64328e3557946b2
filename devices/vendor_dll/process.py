"""The helper process seen from the counter: started, asked with a time limit, ended; nothing it says is believed."""

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import IO, Any, Final

from app.ports.device_fault import FaultReason
from devices.errors import DeviceError

MAX_LINE: Final = 16 * 1024
SLICE_S: Final = 0.1
FAREWELL_S: Final = 0.5


class HelperProcess:
    """One running helper. The first failure ends its usefulness: it is closed and another one is started."""

    def __init__(self, command: Sequence[str]) -> None:
        """Start it.

        Raises:
            DeviceError: ``LIBRARY_UNUSABLE``, the interpreter is not there.
        """
        flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        try:
            self._process = subprocess.Popen(  # noqa: S603 - the administrator's own settings name the interpreter
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                creationflags=flags if sys.platform == "win32" else 0,
            )
        except OSError as error:
            raise DeviceError(FaultReason.LIBRARY_UNUSABLE, str(error)) from error
        self._lines: queue.Queue[bytes] = queue.Queue()
        self._listening = threading.Thread(target=self._listen, name="reader-helper", daemon=True)
        self._listening.start()
        self._asked = 0

    def first_word(self, wait_s: float, cancelled: Callable[[], bool]) -> dict[str, Any]:
        """Return what it says before it is asked anything.

        Raises:
            DeviceError: ``HELPER_LOST``.
        """
        return self._next(wait_s, cancelled)

    def ask(self, request: dict[str, Any], wait_s: float, cancelled: Callable[[], bool]) -> dict[str, Any]:
        """Send a request and return its answer.

        Raises:
            DeviceError: ``HELPER_LOST`` when it ended, hangs, or says what makes no sense.
        """
        self._asked += 1
        line = json.dumps({**request, "id": self._asked}).encode() + b"\n"
        try:
            _pipe(self._process.stdin).write(line)
            _pipe(self._process.stdin).flush()
        except OSError as error:
            raise DeviceError(FaultReason.HELPER_LOST, "ended") from error
        answer = self._next(wait_s, cancelled)
        if answer.get("id") != self._asked:
            raise DeviceError(FaultReason.HELPER_LOST, "answered another question")
        return answer

    def close(self) -> None:
        """End it, by force when it does not end by itself, and leave neither thread nor pipe behind."""
        with suppress(OSError):  # it may have ended with a request unread
            _pipe(self._process.stdin).close()
        try:
            self._process.wait(FAREWELL_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._listening.join()
        _pipe(self._process.stdout).close()

    def _next(self, wait_s: float, cancelled: Callable[[], bool]) -> dict[str, Any]:
        line = self._wait_for_line(wait_s, cancelled)
        if not line.endswith(b"\n"):
            raise DeviceError(FaultReason.HELPER_LOST, "line too long" if line else "ended")
        try:
            answer = json.loads(line)
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict):
            raise DeviceError(FaultReason.HELPER_LOST, "not a JSON object")
        return answer

    def _wait_for_line(self, wait_s: float, cancelled: Callable[[], bool]) -> bytes:
        for _ in range(max(1, round(wait_s / SLICE_S))):
            try:
                return self._lines.get(timeout=SLICE_S)
            except queue.Empty:
                if cancelled():
                    break
        raise DeviceError(FaultReason.HELPER_LOST, "hangs")

    def _listen(self) -> None:
        """Queue its lines; one that is too long ends the listening, and what follows is thrown away."""
        output = _pipe(self._process.stdout)
        while (line := output.readline(MAX_LINE)).endswith(b"\n"):
            self._lines.put(line)
        self._lines.put(line)
        while line:
            line = output.read1(MAX_LINE)  # type: ignore[attr-defined]  # a pipe is buffered


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None, "both ends were asked for"
    return stream
