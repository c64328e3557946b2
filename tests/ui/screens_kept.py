"""Pictures of screens to look at: taken only when somebody means to look (``make screens``)."""

import os
from pathlib import Path

from PySide6.QtWidgets import QWidget

FOLDER = Path(__file__).resolve().parents[2] / "build" / "screens"
WANTED = "KEEP_SCREENS" in os.environ


class Screens:
    """Where the pictures of a run lie: ``build/screens``."""

    def keep(self, window: QWidget, name: str) -> None:
        """Save how a window looks now; without ``KEEP_SCREENS`` in the environment this does nothing."""
        if WANTED:
            FOLDER.mkdir(parents=True, exist_ok=True)
            assert window.grab().save(str(FOLDER / name)), name
