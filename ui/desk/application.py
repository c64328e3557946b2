"""Runs the desk window as a program of its own."""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.domain.id_card import IdCard
from app.ports.clock import Clock
from ui.background import Background
from ui.desk.window import DeskWindow
from ui.desk.world import World
from ui.garbage import Collector
from ui.theme import Theme


def run_desk(file: Path, people: dict[str, IdCard], clock: Clock) -> int:
    """Show the desk until it is closed; the exit status is Qt's."""
    application = QApplication(sys.argv[:1])
    Theme("M").apply(application)
    collector = Collector()
    window = DeskWindow(World(file, clock), people, Background(clock))
    window.show()
    status = application.exec()
    collector.close()
    return status
