"""Lets the tests and the command of this folder share the simulation, prints its figures, and sees what never came."""

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
ENOUGH_SEEDS = 18
"""So many halls see everything that may happen; fewer, as when one test is run, need not."""


def _noted(config: pytest.Config) -> list[tuple[str, Any]]:
    """Return what the tests noted; nothing in a process that works for another."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return [pair for report in reporter.getreports("passed") for pair in report.user_properties] if reporter else []


def _seen(config: pytest.Config) -> tuple[int, Counter[str]]:
    """Return of how many halls it is known what happened in them, and how often what did in all."""
    halls = [Counter(value) for name, value in _noted(config) if name == "seen"]
    return len(halls), sum(halls, Counter())


def _missing(config: pytest.Config) -> list[str]:
    from hall_in_a_box.seen import Seen  # noqa: PLC0415 - its folder is known only since this file was read

    halls, seen = _seen(config)
    return sorted(each.value for each in Seen if not seen[each.value]) if halls >= ENOUGH_SEEDS else []


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail where the weather was never as bad as it is said to be: a fault that does not come proves nothing."""
    if _missing(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    noted = _noted(config)
    events = sum(value for name, value in noted if name == "events")
    if events:
        terminalreporter.write_line(f"simulation: {events} events, 0 violations")
    for name, times in sorted(_seen(config)[1].items()):
        terminalreporter.write_line(f"seen {times:5}: {name}")
    for name in _missing(config):
        terminalreporter.write_line(f"NEVER SEEN: {name}", red=True)
    for name, value in noted:
        if name == "mutant":
            terminalreporter.write_line(f"mutant {value}")
