"""The thread that listens to a keypad, tells it when a rating is asked for, and opens a lost port again."""

import logging
import threading
from functools import partial
from typing import Final

from app.ports.evaluator import EvaluatorBack, EvaluatorLost, GradePressed, Listener
from devices.evaluator.keys import KeyReader
from devices.evaluator.template import KeypadTemplate, Prompt
from devices.transport import BytePort
from devices.watched import RETRY_S, WatchedPort

log = logging.getLogger(__name__)

IDLE_S: Final = 0.1
"""How long a read waits; a prompt goes out no later than this."""
BURST_S: Final = 0.02
CHUNK: Final = 256


class SerialKeypad:
    """An ``Evaluator`` on a byte stream. Of prompts the newest wins; grades are never logged."""

    def __init__(
        self,
        port: BytePort,
        template: KeypadTemplate,
        *,
        address: int = 0,
        window: str = "",
        retry_s: float = RETRY_S,
    ) -> None:
        self._port = port
        self._watched = WatchedPort(port, "evaluator", log, retry_s)
        fixed = {**template.values, "addr": address, "window": window}
        self._prompts = {each: b"".join(frame.render(fixed)) for each, frame in template.prompts.items()}
        self._reader = KeyReader(template)
        self._next: Prompt | None = None
        self._lock = threading.Lock()

    def start(self, listener: Listener) -> None:
        """Begin watching; ``listener`` is called in the keypad's thread. A keypad is started once."""
        self._watched.start(
            partial(self._listen, listener),
            lambda: listener(EvaluatorBack()),
            lambda error: listener(EvaluatorLost(error.reason, error.advice)),
        )

    def ask(self) -> None:
        """Tell the keypad that a rating is asked for; returns at once."""
        self._tell(Prompt.ASK)

    def end(self) -> None:
        """Tell the keypad that nobody is asked any more; returns at once."""
        self._tell(Prompt.END)

    def stop(self) -> None:
        """Stop watching and wait until the thread has ended and the port is closed."""
        self._watched.stop()

    def _tell(self, prompt: Prompt) -> None:
        with self._lock:
            self._next = prompt

    def _listen(self, listener: Listener) -> None:
        self._reader.reset()
        while not self._watched.stopping.is_set():
            with self._lock:
                prompt, self._next = self._next, None
            if prompt is not None and prompt in self._prompts:
                self._port.write(self._prompts[prompt])
            data = self._port.read(1, IDLE_S)
            if not data:
                self._reader.reset()  # half a key that nobody ends is noise
                continue
            for grade in self._reader.feed(data + self._port.read(CHUNK, BURST_S)):
                listener(GradePressed(grade))
