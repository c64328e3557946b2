"""The counter's window display and evaluator from its settings: none is no fault, a wrong template is told at once."""

from dataclasses import dataclass
from pathlib import Path

from app.commands.outside_settings import DisplaySettings, EvaluatorSettings
from app.commands.settings import CounterSettings
from app.ports import evaluator as evaluator_port
from app.ports import window_display as display_port
from app.ports.clock import Clock
from app.ports.window_display import Showing
from devices.display.bus import BusLock
from devices.display.driver import LedDisplay
from devices.display.forms import Unfit
from devices.display.template import BadTemplate, load_template, shipped_or_own
from devices.errors import DeviceError
from devices.evaluator.driver import SerialKeypad
from devices.evaluator.template import FOLDER as KEYPADS
from devices.evaluator.template import load_keypad
from devices.transport import SerialPort
from ui.application import NotOpen
from ui.screens.counter.rating_ask import RatingPlace


@dataclass(frozen=True, slots=True)
class Place:
    """Where the counter stands: its window's name, the folder of its settings, and the clock."""

    window: str
    folder: Path
    clock: Clock


class OutsideDevices:
    """What hangs outside the clerk's screen: the display over the window, and the evaluator in front of it.

    Both are made before either is started, so that a wrong setting leaves no thread behind.

    Raises:
        NotOpen: an address or a template cannot be used.
    """

    def __init__(
        self,
        settings: CounterSettings,
        place: Place,
        on_display: display_port.Listener,
        on_evaluator: evaluator_port.Listener,
    ) -> None:
        self._display = _display(settings.display, place) if settings.display is not None else None
        asked = settings.evaluator
        self._keypad = _keypad(asked, asked.url, place) if asked is not None and asked.url is not None else None
        self.rating = RatingPlace(self._keypad, asked.screen, asked.seconds * 1000) if asked is not None else None
        """Where citizens rate; None where nothing is there to rate on."""
        if self._display is not None:
            self._display.start(on_display)
        if self._keypad is not None:
            self._keypad.start(on_evaluator)

    def show(self, showing: Showing) -> None:
        """Show this over the window; returns at once."""
        if self._display is not None:
            self._display.show(showing)

    def stop(self) -> None:
        """End both threads; the display is cleared."""
        if self._display is not None:
            self._display.stop()
        if self._keypad is not None:
            self._keypad.stop()


def _display(settings: DisplaySettings, place: Place) -> LedDisplay:
    port = _port(settings.url, settings.baud_rate, "display.url")
    try:
        template = load_template(shipped_or_own(settings.template, place.folder))
    except BadTemplate as error:
        raise NotOpen(error.fault, place=error.place, final=True) from error
    return LedDisplay(
        port,
        template,
        place.clock,
        address=settings.address,
        window=place.window,
        bus=BusLock(settings.bus_lock, place.clock) if settings.bus_lock is not None else None,
        turnaround_s=settings.turnaround_ms / 1000,
    )


def _keypad(settings: EvaluatorSettings, url: str, place: Place) -> SerialKeypad:
    port = _port(url, settings.baud_rate, "evaluator.url")
    try:
        template = load_keypad(shipped_or_own(settings.template, place.folder, KEYPADS))
        return SerialKeypad(port, template, address=settings.address, window=place.window)
    except BadTemplate as error:
        raise NotOpen(error.fault, place=error.place, final=True) from error
    except Unfit as unfit:
        raise NotOpen("settings_wrong_value", place=f"evaluator.{unfit.name}", final=True) from unfit


def _port(url: str, baud_rate: int, key: str) -> SerialPort:
    try:
        return SerialPort(url, baud_rate)
    except DeviceError as error:
        raise NotOpen("settings_wrong_value", place=key, final=True) from error
