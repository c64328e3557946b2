"""The thread that keeps a window display showing what the counter last said; nothing ever waits for it."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from app.ports.clock import Clock
from app.ports.device_fault import FaultReason
from app.ports.window_display import DisplayBack, DisplayLost, DisplayUnfit, Kind, Listener, Showing
from devices.display.bus import BusLock
from devices.display.forms import Unfit, Value
from devices.display.frames import find
from devices.display.template import Ack, Template
from devices.errors import DeviceError
from devices.transport import BytePort

log = logging.getLogger(__name__)

RETRY_S: Final = 1.0
LOOK_S: Final = 0.5
"""How often an idle line is looked at, so that a pulled plug is noticed before the next call."""
TURNAROUND_S: Final = 0.02
"""What a half-duplex line needs between two frames, in seconds."""
CHUNK: Final = 64


class LedDisplay:
    """A ``WindowDisplay`` on a byte stream.

    What to show is one slot, not a queue: the newest wins, and what a board missed while it was unplugged is sent when
    it is back. With a ``bus`` the port is open only while this program has the bus.
    """

    def __init__(
        self,
        port: BytePort,
        template: Template,
        clock: Clock,
        *,
        address: int = 0,
        window: str = "",
        bus: BusLock | None = None,
        turnaround_s: float = TURNAROUND_S,
        retry_s: float = RETRY_S,
        look_s: float = LOOK_S,
    ) -> None:
        self._port, self._template, self._clock, self._bus = port, template, clock, bus
        self._fixed: dict[str, Value] = {**template.values, "addr": address, "window": window}
        self._turnaround_s, self._retry_s, self._look_s = turnaround_s, retry_s, look_s
        self._news = threading.Condition()
        self._wanted: Showing | None = None
        self._sent: Showing | None = None
        self._ending = False
        self._there: bool | None = None
        self._thread: threading.Thread | None = None

    def start(self, listener: Listener) -> None:
        """Begin; ``listener`` is called in the display's thread. A display is started once."""
        self._thread = threading.Thread(target=self._run, args=(listener,), name="window-display", daemon=True)
        self._thread.start()

    def show(self, showing: Showing) -> None:
        """Show this; returns at once."""
        with self._news:
            self._wanted = showing
            self._news.notify()

    def stop(self) -> None:
        """Clear the display, if it can be reached, and wait until the thread has ended and the port is closed."""
        with self._news:
            self._wanted, self._ending = Showing(Kind.CLEAR), True
            self._news.notify()
        if self._thread is not None:
            self._thread.join()

    def _run(self, listener: Listener) -> None:
        while not self._ending:
            try:
                self._serve(listener)
            except DeviceError as error:
                self._lost(error, listener)
                self._sent = None
                self._wait_ending()
        if self._there and self._sent != Showing(Kind.CLEAR):
            self._farewell()
        self._port.close()

    def _serve(self, listener: Listener) -> None:
        """Send what is new until the line breaks or the end comes; first whatever the board should show now."""
        if self._bus is None:
            self._port.open()
        else:
            with self._line():
                pass  # that it opens is all there is to see
        if self._there is None or self._wanted is None:
            self._back(listener)
        while not self._ending:
            wanted = self._next()
            if wanted is not None and wanted != self._sent:
                with self._line():
                    self._send(wanted, listener)
                self._sent = wanted
                self._back(listener)  # a board that was silent is back when it answers, not when its port opens
            elif self._bus is None:
                self._port.drain()  # a line that broke says so here

    @contextmanager
    def _line(self) -> Iterator[None]:
        """Have the line to oneself: with a bus it is opened under the lock and closed before the lock is let go."""
        if self._bus is None:
            yield
            return
        with self._bus.held():
            try:
                self._port.open()
                yield
            finally:
                self._port.close()

    def _next(self) -> Showing | None:
        """Return what to show, once it is new or it is time to look at the line."""
        with self._news:
            if self._wanted in (None, self._sent) and not self._ending:
                self._news.wait(self._look_s)
            return self._wanted

    def _wait_ending(self) -> None:
        with self._news:
            self._news.wait_for(lambda: self._ending, self._retry_s)

    def _send(self, showing: Showing, listener: Listener | None) -> None:
        frame = self._template.frames.get(showing.kind)
        if frame is None:
            return
        try:
            data = b"".join(frame.render({**self._fixed, "ticket": showing.ticket, "text": showing.text}))
        except Unfit as unfit:
            log.warning("display_unfit field=%s", unfit.name)
            if listener is not None:
                listener(DisplayUnfit(unfit.name))
            return
        self._say(data)
        threading.Event().wait(self._turnaround_s)

    def _say(self, data: bytes) -> None:
        """Write the frame; where the board answers, as often as the template says.

        Raises:
            DeviceError: the line broke, or ``SILENT``.
        """
        ack = self._template.ack
        for _ in range(1 + (ack.retries if ack is not None else 0)):
            self._port.drain()
            self._port.write(data)
            if ack is None or self._answered(ack):
                return
        raise DeviceError(FaultReason.SILENT)

    def _answered(self, ack: Ack) -> bool:
        deadline = self._clock.monotonic_ms() + ack.timeout_ms
        heard = b""
        while (left_ms := deadline - self._clock.monotonic_ms()) > 0:
            heard += self._port.read(1, left_ms / 1000)
            match = find(ack.frame, heard[-CHUNK:])
            if match is not None and all(self._fixed.get(name, value) == value for name, value in match.values.items()):
                return True
        return False

    def _farewell(self) -> None:
        try:
            with self._line():
                self._send(Showing(Kind.CLEAR), None)
        except DeviceError as error:
            log.info("display_not_cleared reason=%s", error.reason)

    def _back(self, listener: Listener) -> None:
        if self._there is not True:
            self._there = True
            log.info("display_back")
            listener(DisplayBack())

    def _lost(self, error: DeviceError, listener: Listener) -> None:
        if self._there is not False:
            self._there = False
            log.warning("display_lost reason=%s", error.reason)
            listener(DisplayLost(error.reason, error.advice))
