"""The A4 role on a queue: taken is not printed, what is stuck is taken back, and doubt is told as doubt."""

import os
from collections.abc import Callable
from pathlib import Path

import fake_cups
import pytest

from app.ports.originals import A4Fault, A4Reason, HandedOver
from printing import cups
from printing.a4_queue import PATIENCE_MS, LpPrinter

PDF = b"%PDF-1.4 not a person in here"
NUMBER = "示食许受〔2026〕0003-0001号"
FIRST = 12


class ScriptedClock:
    """Each look at it lets the next thing happen; behind the last one the patience is over."""

    def __init__(self, *happens: Callable[[], object]) -> None:
        self._happens = list(happens)
        self._ms = 0

    def now_ms(self) -> int:
        return self._ms

    def monotonic_ms(self) -> int:
        if self._happens:
            self._happens.pop(0)()
        else:
            self._ms += PATIENCE_MS
        return self._ms

    def random_bytes(self, count: int) -> bytes:
        return bytes(count)


@pytest.fixture
def queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a queue named A4."""
    state = tmp_path / "cups"
    fake_cups.install(tmp_path / "bin", state)
    fake_cups.change(state, name="A4")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    monkeypatch.setenv("FAKE_CUPS", str(state))
    return state


def nothing() -> None:
    """Time passes."""


def printer(*happens: Callable[[], object], name: str = "A4") -> LpPrinter:
    return LpPrinter(name, ScriptedClock(*(happens or [nothing] * 9)), poll_s=0)


def fault_of(printer: LpPrinter) -> tuple[A4Reason, bool]:
    with pytest.raises(A4Fault) as caught:
        printer.hand_over(PDF, NUMBER, 2)
    return caught.value.reason, caught.value.unsure


def states(queue: Path) -> list[str]:
    return [each["state"] for each in fake_cups.jobs(queue)]


def test_what_the_queue_took_is_printed_only_when_the_queue_says_so(queue: Path) -> None:
    seen: list[list[str]] = []
    looks = [lambda: seen.append(states(queue))] * 4
    assert printer(*looks).hand_over(PDF, NUMBER, 2) == HandedOver("lp:A4")
    assert seen[0] == ["pending"], "lp had taken it by then, and nobody called it printed"
    assert states(queue) == ["completed"]
    arguments = (queue / "arguments").read_text("utf-8").splitlines()
    assert arguments == ["-d", "A4", "-n", "2", "-t", NUMBER, "-o", "media=A4", "-"]
    assert (queue / f"{FIRST}.data").read_bytes() == PDF


def test_a_queue_that_was_stopped_gets_nothing(queue: Path) -> None:
    fake_cups.change(queue, enabled=False)
    assert fault_of(printer()) == (A4Reason.STOPPED, False)
    fake_cups.change(queue, enabled=True, accepting=False)
    assert fault_of(printer()) == (A4Reason.STOPPED, False)
    assert states(queue) == []


@pytest.mark.parametrize(
    ("state", "reason", "unsure"),
    [("pending", A4Reason.STOPPED, False), ("processing", A4Reason.STOPPED_MIDWAY, True)],
)
def test_a_document_in_a_queue_that_is_stopped_is_taken_back(
    queue: Path, state: str, reason: A4Reason, *, unsure: bool
) -> None:
    fake_cups.change(queue, hold=True)
    begin = [lambda: fake_cups.end(queue, FIRST, state), lambda: fake_cups.change(queue, enabled=False)]
    assert fault_of(printer(*begin, *[nothing] * 5)) == (reason, unsure)
    assert states(queue) == ["canceled"], "it must not come out beside the next try"


@pytest.mark.parametrize(
    ("state", "alerts", "reason", "unsure"),
    [
        ("pending", "none", A4Reason.UNFINISHED, False),
        ("processing", "none", A4Reason.UNFINISHED_MIDWAY, True),
        ("pending", "media-empty-error", A4Reason.NO_PAPER, False),
        ("processing", "media-low-report media-needed", A4Reason.NO_PAPER_MIDWAY, True),
    ],
)
def test_patience_has_an_end_and_what_is_stuck_is_taken_back(
    queue: Path, state: str, alerts: str, reason: A4Reason, *, unsure: bool
) -> None:
    fake_cups.change(queue, hold=True, alerts=alerts)
    assert fault_of(printer(lambda: fake_cups.end(queue, FIRST, state), nothing)) == (reason, unsure)
    assert states(queue) == ["canceled"]


@pytest.mark.parametrize("how", ["aborted", "canceled"])
def test_what_the_queue_gave_up_is_in_doubt(queue: Path, how: str) -> None:
    fake_cups.change(queue, hold=True)
    assert fault_of(printer(lambda: fake_cups.end(queue, FIRST, how))) == (A4Reason.DROPPED, True)


def test_the_program_does_not_wait_for_paper_when_it_ends(queue: Path) -> None:
    fake_cups.change(queue, hold=True)
    role = LpPrinter("A4", ScriptedClock(*[nothing] * 9), poll_s=60)
    role.stop_waiting()
    assert fault_of(role) == (A4Reason.INTERRUPTED, True)


def test_what_lp_refuses_or_never_answers(queue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert fault_of(printer(name="NOSUCH")) == (A4Reason.REFUSED, False)
    monkeypatch.setenv("FAKE_CUPS_DEAF", "1")
    monkeypatch.setattr(cups, "LP_TIMEOUT_S", 0.3)
    assert fault_of(printer()) == (A4Reason.UNANSWERED, True)
    monkeypatch.setenv("PATH", str(queue))
    assert fault_of(printer()) == (A4Reason.NO_PROGRAM, False)
