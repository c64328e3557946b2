"""The counter's scanner from its settings: no scanner is no fault, an address that can be none is told at once."""

from collections.abc import Callable

from app.commands.settings import ScannerSettings
from app.ports.scanner import Listener
from devices.errors import DeviceError
from devices.scanner.driver import SerialScanner
from devices.transport import SerialPort
from ui.application import NotOpen


def start_scanner(settings: ScannerSettings | None, listener: Listener) -> Callable[[], None]:
    """Begin to listen to the scanner, if the counter has one, and return what ends that.

    Raises:
        NotOpen: the address is none that a scanner can have.
    """
    if settings is None:
        return _nothing
    try:
        port = SerialPort(settings.url, settings.baud_rate)
    except DeviceError as error:
        raise NotOpen("settings_wrong_value", place="scanner.url", final=True) from error
    scanner = SerialScanner(port)
    scanner.start(listener)
    return scanner.stop


def _nothing() -> None:
    """There is no scanner that could be stopped."""
