"""The picture of the first paint: the very one that the presenter makes once it is loaded."""

import subprocess
import sys
from dataclasses import replace

from ui.screens.counter.build import build
from ui.screens.counter.first_view import FIRST_VIEW
from ui.screens.counter.state import CounterState

LATER = ("presenter", "build", "page_kinds", "serving", "state")


def test_the_first_picture_is_that_of_a_counter_of_which_nothing_is_known() -> None:
    built = build(CounterState(window="", now_ms=0))

    assert replace(built, top=replace(built.top, clock="", date="")) == FIRST_VIEW


def test_what_decides_is_not_loaded_for_the_first_paint() -> None:
    asked = "import sys, ui.application; print(*(each for each in sys.modules if each.startswith('ui.screens.')))"

    loaded = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout.split()

    assert "ui.screens.counter.view" in loaded
    assert not {f"ui.screens.counter.{each}" for each in LATER} & set(loaded)
