"""Opens the guide desk's window: sign-in, the live state of the lines, and the printer for numbers."""

from app.commands.desk_sign_in import sign_in_by_file
from app.commands.floor_settings import FloorSettings
from app.commands.manager_session import ManagerSession
from app.commands.number_printing import NumberPrinting
from app.commands.settings import PrinterSettings
from app.ports.clock import Clock
from printing.errors import PrinterError
from sync.client.guide import GuideWorker, HttpGuide
from sync.client.hints import HintListener
from ui.screens.guide.bridge import GuideBridge
from ui.screens.guide.parts import GuideParts
from ui.screens.program import ScreenNotOpen


class GuideOpening:
    """What one guide desk holds open; ``open`` may be tried again after ``ScreenNotOpen``."""

    def __init__(
        self, server_url: str, clock: Clock, session: ManagerSession | FloorSettings, printer: PrinterSettings
    ) -> None:
        self._server_url = server_url
        self._clock = clock
        self._session = session
        self._printer = printer
        self._printing: NumberPrinting | None = None
        self._worker: GuideWorker | None = None
        self._hints: HintListener | None = None

    def open(self, bridge: GuideBridge) -> GuideParts:
        """Sign in unless that is done, and take the printer.

        Raises:
            ScreenNotOpen: with the code of what is the matter.
        """
        session = self._session
        if isinstance(session, FloorSettings):
            session = sign_in_by_file(self._server_url, session, self._clock)
        try:
            printing = self._printing = NumberPrinting(self._printer, self._clock, bridge.printer.emit)
        except PrinterError as error:
            raise ScreenNotOpen("settings_wrong_value", place="printer.url", final=True) from error
        server = HttpGuide(self._server_url, session.token, self._clock)
        worker = self._worker = GuideWorker(server, session.hall, self._clock, bridge.news.emit)
        hints = self._hints = HintListener(self._server_url, session.token, session.hall, worker)

        def listen() -> None:
            worker.start()
            hints.start()

        return GuideParts(
            guide=session.name,
            clock=self._clock,
            submit=worker.submit,
            fill=printing.filled,
            render=printing.rendered,
            print_paper=printing.printed,
            settle=printing.settled,
            listen=listen,
        )

    def close(self) -> None:
        """End every thread."""
        if self._hints is not None:
            self._hints.stop()
        if self._worker is not None:
            self._worker.stop()
        if self._printing is not None:
            self._printing.stop()
