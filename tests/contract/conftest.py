"""The kit of the simulation: a counter over the quick engine."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "simulation"))

from hall_in_a_box.quick import QuickEngine
from hall_in_a_box.stores import COUNTER


@pytest.fixture
def quick_kit(kit: Any) -> Iterator[Any]:
    """The counter in memory, with the quick engine under its store, its mirror and its spool."""
    plain = kit.database.engine
    kit.database.engine = QuickEngine(COUNTER, plain.raw_connection().driver_connection, begins=False)
    yield kit
    kit.database.engine = plain
