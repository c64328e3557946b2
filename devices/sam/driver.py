"""The thread that carries a reader's dialogue to the wire and its events to whoever listens."""

import logging
import threading

from app.ports.card_reader import Listener, ReaderBack, ReaderEvent, ReaderLost
from devices.errors import DeviceError
from devices.sam.commands import Answer
from devices.sam.dialogue import Action, Ask, Close, Open, Pause, Tell, Watch
from devices.sam.line import LineMaker

log = logging.getLogger(__name__)


class SamCardReader:
    """A ``CardReader`` on a SAM module. It opens its line in its own thread and opens it again when it was lost."""

    def __init__(self, make_line: LineMaker, *, with_newest_address: bool = False) -> None:
        self._stopping = threading.Event()
        self._requested = threading.Event()
        self._line = make_line(self._stopping.is_set)
        self._watch = Watch(self._take_request, with_newest_address=with_newest_address)
        self._thread: threading.Thread | None = None

    def start(self, listener: Listener) -> None:
        """Begin watching; ``listener`` is called in the reader's thread. A reader is started once."""
        self._thread = threading.Thread(target=self._run, args=(listener,), name="card-reader", daemon=True)
        self._thread.start()

    def read_now(self) -> None:
        """Ask for a read even of a card already reported; it happens at the next poll, within about 300 ms."""
        self._requested.set()

    def stop(self) -> None:
        """Stop watching and wait until the thread has ended and the port is closed."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self, listener: Listener) -> None:
        dialogue = self._watch.run()
        action = next(dialogue)
        while not self._stopping.is_set():
            try:
                answer = self._perform(action, listener)
            except DeviceError as error:
                action = dialogue.throw(error)
            else:
                action = dialogue.send(answer)
        self._line.close()

    def _perform(self, action: Action, listener: Listener) -> Answer | None:
        match action:
            case Ask(command):
                return self._line.ask(command)
            case Open():
                self._line.open()
            case Close():
                self._line.close()
            case Pause(ms):
                self._rest(ms)
            case Tell(event):
                _log(event)
                listener(event)
        return None

    def _rest(self, ms: int) -> None:
        self._stopping.wait(ms / 1000)

    def _take_request(self) -> bool:
        requested = self._requested.is_set()
        self._requested.clear()
        return requested


def _log(event: ReaderEvent) -> None:
    """Note the device's losses; what is read is nobody's business here."""
    match event:
        case ReaderLost(reason):
            log.warning("reader_lost reason=%s", reason)
        case ReaderBack(sam_id):
            log.info("reader_back sam_id=%s", sam_id)
