"""How long a section of the work card takes to open for the first time: from the new view to the painted page.

The window has rehearsed what it is asked for most, as it does when it opens; the pages measured are others.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from figures import Figure

if TYPE_CHECKING:
    from ui.screens.counter.view import CounterWindow

SCENES = ("calling", "choosing_item", "asking", "checking", "filling", "issued", "ending")
WINDOW = "A03"
HERE = Path(__file__).resolve()


def measure() -> list[Figure]:
    """Return the slowest opening. A process of its own: the bench itself has no Qt."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    answer = subprocess.run([sys.executable, str(HERE)], env=environment, capture_output=True, text=True, check=True)
    slowest, scene = answer.stdout.split()
    return [Figure("a section opens, painted", float(slowest), "ms", 100, f"the slowest, {scene}, its first time")]


def _open_each() -> tuple[float, str]:
    import time  # noqa: PLC0415 - what only the process of its own needs

    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - the same

    application = QApplication([])
    from sample_work import Samples  # noqa: PLC0415 - needs the application

    from app.commands.system_clock import SystemClock  # noqa: PLC0415 - the same
    from ui.application import load_work  # noqa: PLC0415 - the same
    from ui.screens.counter.view import CounterWindow  # noqa: PLC0415 - the same

    samples, window = Samples(), CounterWindow(SystemClock())
    window.resize(1920, 1080)
    window.show()
    window.show_view(samples.idle())
    load_work()
    application.processEvents()
    _rehearse(window)
    views = {scene: getattr(samples, scene)() for scene in SCENES}
    taken: list[tuple[float, str]] = []
    for scene, view in views.items():
        began = time.perf_counter()
        window.show_view(view)
        window.grab()
        taken.append(((time.perf_counter() - began) * 1000, scene))
    return max(taken)


def _rehearse(window: "CounterWindow") -> None:
    from app.domain.catalogue.gate import build  # noqa: PLC0415 - as above
    from sync.server.catalogue_yaml import read  # noqa: PLC0415 - the same
    from ui.screens.counter.build.rehearsal import rehearsal  # noqa: PLC0415 - the same
    from ui.screens.counter.state import CounterState  # noqa: PLC0415 - the same

    document = read((HERE.parents[2] / "resources" / "catalogue" / "demo-9901.yaml").read_bytes()).document
    for page in rehearsal(CounterState(window=WINDOW, now_ms=0, catalogue=build(document))):
        window.rehearse((page,))


if __name__ == "__main__":
    ROOT = HERE.parents[2]
    sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "ui")]
    print(*_open_each())
