"""What scans at the counter, from its settings: a scanner on a line or one that types, a document camera."""

from app.commands.scanner_opening import start_scanner
from app.commands.settings import CounterSettings
from app.ports.clock import Clock
from app.ports.tone import Play, Tone
from devices.camera.folder import WatchedFolder
from devices.tone.player import TonePlayer
from ui.screens.counter.bridge import Bridge


class ScanDevices:
    """Begins to listen to each that the counter has; none is no fault.

    Raises:
        NotOpen: the scanner's address is none that a scanner can have.
    """

    def __init__(self, settings: CounterSettings, clock: Clock, bridge: Bridge) -> None:
        self._stop_scanner = start_scanner(settings.scanner, bridge.scanner.emit)
        self.camera = WatchedFolder(settings.camera) if settings.camera is not None else None
        """The document camera; None where the counter has none."""
        if self.camera is not None:
            self.camera.start(bridge.camera.emit)
        self._tones = TonePlayer() if settings.sound else None
        self.play: Play = self._tones.play if self._tones is not None else _silent
        """Tells by ear what was read; silent where the settings say so."""
        if settings.wedge is not None:
            bridge.wedge.emit(settings.wedge, clock)

    def stop(self) -> None:
        """End every thread."""
        self._stop_scanner()
        if self.camera is not None:
            self.camera.stop()
        if self._tones is not None:
            self._tones.stop()


def _silent(_tone: Tone) -> None:
    """No tone is wanted here."""
