"""Runs the settings window as a program."""

from collections.abc import Callable

from app.ports.clock import Clock
from ui.screens.program import Screen, run_screen
from ui.screens.settings.bridge import SettingsBridge
from ui.screens.settings.parts import SettingsParts
from ui.screens.settings.presenter import SettingsPresenter
from ui.screens.settings.view import SettingsWindow


def run_settings(open_settings: Callable[[], SettingsParts], clock: Clock) -> int:
    """Show the window until it is closed; the exit status is Qt's. ``open_settings`` runs off the GUI thread."""

    def make() -> Screen[SettingsParts]:
        bridge, window = SettingsBridge(), SettingsWindow(clock)
        presenter = SettingsPresenter(window, bridge, clock)
        return Screen(window, presenter, open_settings, presenter.close, bridge.broken.emit)

    return run_screen(make, clock)
