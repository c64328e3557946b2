"""Plays tones through the computer's own sound program, in a thread of its own: no key ever waits for a tone."""

import logging
import queue
import shutil
import subprocess
import threading
from collections.abc import Callable
from typing import Final

from app.ports.tone import Tone
from devices.tone.wave import RATE, samples

log = logging.getLogger(__name__)

PROGRAMS: Final = (
    ("pw-play", "--format=s16", f"--rate={RATE}", "--channels=1", "-"),
    ("paplay", "--raw", "--format=s16le", f"--rate={RATE}", "--channels=1"),
    ("aplay", "-q", "-t", "raw", "-f", "S16_LE", "-r", str(RATE), "-c", "1", "-"),
)
"""The first that is installed is taken; each reads the samples from its standard input."""
PATIENCE_S: Final = 2.0


class TonePlayer:
    """``play`` returns at once; while one tone sounds at most one other waits, and a later one takes its place."""

    def __init__(self, find: Callable[[str], str | None] = shutil.which) -> None:
        self._find = find
        self._waiting: queue.Queue[Tone | None] = queue.Queue(maxsize=1)
        self._thread = threading.Thread(target=self._run, name="tones", daemon=True)
        self._thread.start()

    def play(self, tone: Tone) -> None:
        """Play a tone soon."""
        self._put(tone)

    def stop(self) -> None:
        """End the thread; a tone that sounds is waited for."""
        self._put(None)
        self._thread.join()

    def _put(self, what: Tone | None) -> None:
        while True:
            try:
                self._waiting.put_nowait(what)
            except queue.Full:
                try:
                    self._waiting.get_nowait()
                except queue.Empty:
                    continue  # the thread took it meanwhile
            else:
                return

    def _run(self) -> None:
        commands = [[path, *more] for name, *more in PROGRAMS if (path := self._find(name)) is not None]
        if not commands:
            log.info("tone.no_program")
        while (tone := self._waiting.get()) is not None:
            if commands and not _plays(commands[0], samples(tone)):
                log.warning("tone.not_played program=%s", commands[0][0])
                del commands[0]


def _plays(command: list[str], pcm: bytes) -> bool:
    try:
        ran = subprocess.run(  # noqa: S603 - one of the programs above
            command, input=pcm, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=PATIENCE_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return ran.returncode == 0
