"""The tour is a test: it fails when a step does."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("part", ["power", "main-path", "gallery"])
def test_one_citizen_after_the_other_is_served_with_real_keys_and_real_paper(part):
    tour = subprocess.run(
        [sys.executable, "tests/e2e/tour", part], cwd=ROOT, capture_output=True, text=True, timeout=480, check=False
    )

    assert tour.returncode == 0, f"{tour.stdout[-2000:]}\n{tour.stderr[-4000:]}"
    assert (ROOT / "build" / "tour" / part / "index.html").exists()
