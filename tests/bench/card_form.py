"""From a found card to the name on the form, at the pace of a serial line: what the window's own test prints."""

import os
import re
import subprocess
import sys
from pathlib import Path

from figures import Figure, median

ROOT = Path(__file__).resolve().parents[2]
TEST = ROOT / "tests" / "ui" / "test_card_to_form.py"
PRINTED = re.compile(r"card to form beside (\d+) ms on the wire: ([-\d, ]+) ms")


def measure() -> list[Figure]:
    """Return the middle one of the times the card was laid. A process of its own: the bench itself has no Qt."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "pytest", "-q", "-s", str(TEST)]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    said = PRINTED.search(ended.stdout)
    assert said is not None, ended.stdout[-2000:]
    taken = [float(each) for each in said[2].split(",")]
    how = f"{len(taken)} times, beside {said[1]} ms on a line of 115200 baud; the slowest {max(taken):.0f} ms"
    return [Figure("a found card to its name on the form", median(taken), "ms", 100, how)]
