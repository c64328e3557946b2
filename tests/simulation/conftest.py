"""Lets the tests and the command of this folder share the simulation, prints its figures, and sees what never came."""

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
ENOUGH_SEEDS = 18
"""So many halls see everything that may happen; fewer, as when one test is run, need not."""
EVENTS = {"quick": 100_000, "real": 10_000}
"""So many events they are in all, on quick stores and on the real ones."""


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


def _events(config: pytest.Config) -> dict[str, int]:
    """Return how many events happened on which stores."""
    noted = _noted(config)
    return {stores: sum(value for name, value in noted if name == stores) for stores in EVENTS}


def _too_few(config: pytest.Config) -> list[str]:
    events = _events(config)
    return [each for each in EVENTS if events[each] < EVENTS[each]] if _seen(config)[0] >= ENOUGH_SEEDS else []


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail where the weather was never as bad as it is said to be: a fault that does not come proves nothing."""
    if _missing(session.config) or _too_few(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    noted = _noted(config)
    events = _events(config)
    if any(events.values()):
        said = ", ".join(f"{count} events on {stores} stores" for stores, count in events.items())
        terminalreporter.write_line(f"simulation: {said}, 0 violations")
    for stores in _too_few(config):
        terminalreporter.write_line(f"TOO FEW EVENTS on {stores} stores: {EVENTS[stores]} are promised", red=True)
    for name, times in sorted(_seen(config)[1].items()):
        terminalreporter.write_line(f"seen {times:5}: {name}")
    for name in _missing(config):
        terminalreporter.write_line(f"NEVER SEEN: {name}", red=True)
    for name, value in noted:
        if name == "mutant":
            terminalreporter.write_line(f"mutant {value}")
