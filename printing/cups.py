"""CUPS by its own programs: ``lp`` hands a document over, ``lpstat`` says what became of it, ``cancel`` takes it back.

``lp`` says no more than that the queue took a document. Whether it went to the printer is asked of the queue until it
is completed, given up or stopped (lpstat(1)); the sentences are those of ``lpstat`` in the C locale.
"""

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from typing import Final

from printing.errors import PrinterReason
from printing.queue_state import Progress, QueueFault, QueueState

PROGRAM_TIMEOUT_S = 10.0
"""For questions; a scheduler that does not answer one in this time counts as stopped."""
LP_TIMEOUT_S = 30.0

_ALERTS: Final[Mapping[str, PrinterReason]] = {
    "media-empty": PrinterReason.PAPER_OUT,
    "media-needed": PrinterReason.PAPER_OUT,
    "media-jam": PrinterReason.UNRECOVERABLE,
    "cover-open": PrinterReason.COVER_OPEN,
    "door-open": PrinterReason.COVER_OPEN,
    "interlock-open": PrinterReason.COVER_OPEN,
    "offline": PrinterReason.OFFLINE,
    "shutdown": PrinterReason.OFFLINE,
    "connecting-to-device": PrinterReason.OFFLINE,
    "timed-out": PrinterReason.OFFLINE,
    "paused": PrinterReason.QUEUE_STOPPED,
}
"""What printer-state-reasons name (RFC 8011, 5.4.12), without their ``-error``, ``-warning`` or ``-report``."""
_NEAR_END: Final = ("media-low",)
_SEVERITY: Final = re.compile(r"-(?:error|warning|report)$")


class CupsQueue:
    """One queue of CUPS. ``options`` go to ``lp``: ``raw`` for bytes, ``media=A4`` for pages."""

    def __init__(self, name: str, options: Sequence[str] = ()) -> None:
        self._name = name
        self._options = tuple(word for option in options for word in ("-o", option))

    def state(self) -> QueueState:
        """Ask whether the queue runs and takes documents, and what its printer complains of.

        Raises:
            QueueFault: there is no such queue, or nobody answers.
        """
        said = _ask("lpstat", "-l", "-p", self._name, "-a", self._name)
        alerts = [_SEVERITY.sub("", each) for each in _alerts(said)]
        near_end = any(each in _NEAR_END for each in alerts)
        fault = next((_ALERTS[each] for each in alerts if each in _ALERTS), None)
        head = said.partition("\n")[0]
        if " disabled since " in head or "is holding new jobs" in head:
            fault = PrinterReason.QUEUE_STOPPED if fault in (None, PrinterReason.OFFLINE) else fault
        if f"\n{self._name} not accepting requests" in said:
            fault = PrinterReason.QUEUE_STOPPED
        return QueueState(fault, near_end)

    def submit(self, data: bytes, title: str, copies: int = 1) -> str:
        """Hand a document over and return what the queue calls it; it goes through a pipe, never over our disk.

        Raises:
            QueueFault: ``unsure`` where no answer came in half a minute.
        """
        command = ["lp", "-d", self._name, "-n", str(copies), "-t", title, *self._options, "-"]
        said = _run(command, LP_TIMEOUT_S, data, unsure=True)
        found = re.search(rf"(?<!\S){re.escape(self._name)}-\d+", said)
        if found is None:
            raise QueueFault(PrinterReason.DROPPED, unsure=True)
        return found[0]

    def progress(self, job: str) -> Progress:
        """Ask where a document stands.

        Raises:
            QueueFault: nobody answers.
        """
        waiting = _job(_ask("lpstat", "-l", "-W", "not-completed", "-o", self._name), job)
        if waiting is not None:
            return Progress.PRINTING if "job-printing" in waiting else Progress.WAITING
        ended = _job(_ask("lpstat", "-l", "-W", "completed", "-o", self._name), job)
        if ended is None:
            return Progress.GONE
        return Progress.DONE if any(each.startswith("job-completed") for each in ended) else Progress.DROPPED

    def cancel(self, job: str) -> None:
        """Take a document back, so that it does not come out later beside another one.

        Raises:
            QueueFault: the queue did not take it back.
        """
        _ask("cancel", job)


def _job(said: str, job: str) -> list[str] | None:
    """Return the alerts of a job in a long list of jobs, None when it is not in the list."""
    lines = said.splitlines()
    for at, line in enumerate(lines):
        if line.split(" ", 1)[0] == job:
            following = next((n for n in range(at + 1, len(lines)) if not lines[n].startswith("\t")), len(lines))
            return _alerts("\n".join(lines[at:following]))
    return None


def _alerts(said: str) -> list[str]:
    found = re.search(r"^\tAlerts: (.*)$", said, re.MULTILINE)
    return found[1].split() if found else []


def _ask(*command: str) -> str:
    return _run(list(command), PROGRAM_TIMEOUT_S)


def _run(command: list[str], timeout_s: float, data: bytes = b"", *, unsure: bool = False) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - fixed programs; the queue was checked with the settings
            command,
            input=data,
            capture_output=True,
            timeout=timeout_s,
            check=False,
            env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": ""},
        )
    except FileNotFoundError as error:
        raise QueueFault(PrinterReason.NO_DRIVER) from error
    except subprocess.TimeoutExpired as error:
        raise QueueFault(PrinterReason.SILENT, unsure=unsure) from error
    except OSError as error:
        raise QueueFault(PrinterReason.UNREACHABLE) from error
    if done.returncode:
        raise QueueFault(PrinterReason.UNREACHABLE)
    return done.stdout.decode("utf-8", "replace")
