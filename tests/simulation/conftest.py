"""Lets the tests and the command of this folder share the simulation, and prints its figures."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    noted = [pair for report in terminalreporter.getreports("passed") for pair in report.user_properties]
    events = sum(value for name, value in noted if name == "events")
    if events:
        terminalreporter.write_line(f"simulation: {events} events, 0 violations")
    for name, value in noted:
        if name == "mutant":
            terminalreporter.write_line(f"mutant {value}")
