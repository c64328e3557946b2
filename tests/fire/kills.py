"""Counters and the server are killed with SIGKILL, over and over; the body of ``make fire-kills`` and of its test."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1]), str(HERE.parent / "integration")]

import http_server  # noqa: E402 - test folders are no packages
from observer import Said, Workers, counter_faults, server_faults  # noqa: E402
from speaker import logs_into  # noqa: E402

CHAPTER = 100
"""Lives after which both stores are held to what was said, and a counter made anew goes on: a day has 9,999 numbers."""
LIFE_S = 300.0
"""No life, no start of the server and no last look takes so long, on any machine: one that does hangs, and is ended."""
MOST_TROUBLES = 5
"""So many lives that did not go as they should, and the run ends."""
TROUBLE = (AssertionError, OSError, ValueError, TimeoutError, subprocess.SubprocessError)
"""What the end of a process raises in who listens to it."""


@dataclass
class Killed:
    """What a run did and what was wrong."""

    lives: int = 0
    counter: int = 0
    server: int = 0
    hung: int = 0
    seconds: float = 0.0
    accepted: int = 0
    walked_in: int = 0
    finished: int = 0
    operations: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, said: Said) -> None:
        """Count what a counter has said."""
        self.accepted += len(said.accepted)
        self.walked_in += len(said.walked_in)
        self.finished += len(said.finished)
        self.operations += said.acked

    def line(self) -> str:
        return (
            f"{self.lives} lives, {self.counter} kills of the counter, {self.server} of the server, "
            f"said: {self.walked_in} came, {self.accepted} accepted, {self.finished} finished; "
            f"{self.operations} operations acknowledged by the server; "
            f"{self.hung} hung, {len(self.faults)} faults, {self.seconds:.0f} s"
        )


class Run:
    """A counter and its server; every life has its own chances, so that a run may begin at any of them."""

    def __init__(self, server: http_server.Server, folder: Path, seed: int, server_every: int) -> None:
        self.server, self.done, self.said = server, Killed(), Said()
        self._folder, self._seed, self._server_every = folder, seed, server_every
        self._chapter, self._began = folder / "0", time.monotonic()
        self._port = server.url.rsplit(":", 1)[1].strip("/")
        self._workers: Workers | None = None
        self._troubles = 0

    def lives(self, first: int, count: int) -> None:
        """Live and kill so many; stops early after ``MOST_TROUBLES``."""
        last = first + count - 1
        for life in range(first, last + 1):
            with self._noted(f"life {life}"):
                self._life(life)
                self.done.lives += 1
            if life % CHAPTER == 0 or life == last:
                self._end_chapter(life)
            if self._troubles >= MOST_TROUBLES:
                return

    def stop(self) -> None:
        if self._workers is not None:
            self._workers.stop()
            self._workers = None

    def _end_chapter(self, life: int) -> None:
        """Let the counter send what is left, and hold both stores to what was said."""
        with self._noted(f"the look after life {life}"):
            workers = self._counter()
            workers.begin("calm")
            workers.until("equal")
            workers.until("ended")
            self.done.faults += counter_faults(self._chapter, self.said)
            self.done.faults += server_faults(self.server.data, self._chapter, self.said)
            self.done.add(self.said)
        self.stop()
        self.said, self._chapter = Said(), self._folder / str(life)
        self.done.seconds = time.monotonic() - self._began
        print(f"up to life {life}:", self.done.line(), flush=True)

    def _life(self, life: int) -> None:
        chance = random.Random(f"{self._seed}/{life}")
        workers = self._counter()
        workers.begin()
        if life % self._server_every == 0:
            self._server_dies(workers, chance)
        if chance.random() < 0.5:
            workers.until(chance.choice(("accepted", "walked_in", "finished")))
        workers.listen(chance.uniform(0, 0.12))
        workers.kill()
        self.done.counter += 1

    def _server_dies(self, workers: Workers, chance: random.Random) -> None:
        """The counter outlives every other server; when it does not, both are gone at once, and it dies once more."""
        workers.until("acked")
        workers.listen(chance.uniform(0, 0.05))
        self.server.stop(signal.SIGKILL)
        self.done.server += 1
        workers.listen(chance.uniform(0, 0.2))
        if chance.random() < 0.5:
            workers.listen(chance.uniform(0, 0.1))
            workers.kill()
            self.server.start("--port", self._port)
            workers.begin()
            self.done.counter += 1
        else:
            self.server.start("--port", self._port)

    def _counter(self) -> Workers:
        """Return the counters' process and a server that runs, after a trouble new ones."""
        if not self.server.runs():
            self.server.start("--port", self._port)
        if self._workers is None:
            token = self.server.credentials["tokens"]["A01"]
            self._workers = Workers(self._chapter, self.server.url, token, said=self.said)
        return self._workers

    @contextmanager
    def _noted(self, what: str) -> Iterator[None]:
        """Do it within ``LIFE_S``; what goes wrong is a fault, and what is under way is ended."""
        late = threading.Event()
        watchdog = threading.Timer(LIFE_S, self._ended, [late])
        watchdog.daemon = True
        watchdog.start()
        try:
            yield
        except TROUBLE as trouble:
            self.done.hung += late.is_set() or isinstance(trouble, TimeoutError | subprocess.TimeoutExpired)
            self.done.faults.append(f"{what}: {trouble!r}")
            self._troubles += 1
            self._ended(late)
            self.stop()
            if self.server.process is not None:
                self.server.process.wait(30)
        finally:
            watchdog.cancel()

    def _ended(self, late: threading.Event) -> None:
        """Kill whatever this run waits for: then who waits hears that it is gone."""
        late.set()
        workers = self._workers
        if workers is not None:
            workers.process.kill()
            if workers.pid:
                with suppress(ProcessLookupError):
                    os.kill(workers.pid, signal.SIGKILL)
        if self.server.process is not None:
            self.server.process.kill()


def kills(
    server: http_server.Server, folder: Path, *, lives: int, seed: int, server_every: int, first: int = 1
) -> Killed:
    """Kill a working counter ``lives`` times, and the server once in ``server_every`` lives while the counter works.

    ``first`` is the number of the first life: a run may go on where another ended, on stores of its own.
    """
    run = Run(server, folder, seed, server_every)
    try:
        run.lives(first, lives)
    finally:
        run.stop()
    return run.done


def hasty_kills(server: http_server.Server, folder: Path, lives: int) -> list[str]:
    """Kill a counter that speaks before its commit at the moment it speaks; returns what the observer finds."""
    workers = Workers(folder, server.url, server.credentials["tokens"]["A02"], hasty=True)
    found: list[str] = []
    try:
        for _ in range(lives):
            workers.begin()
            workers.until("accepted")
            workers.kill()
            if found := counter_faults(folder, workers.said):
                break
    finally:
        workers.stop()
    return found


def main() -> int:
    """``kills.py FOLDER LIVES SEED FIRST``: one line of figures; the status is 1 when anything was wrong."""
    folder, (lives, seed, first) = Path(sys.argv[1]), (int(each) for each in sys.argv[2:])
    (folder / "server").mkdir(parents=True)
    logs_into(folder / "log")
    server = http_server.Server(folder / "server").start()
    try:
        done = kills(server, folder / "counter", lives=lives, seed=seed, server_every=25, first=first)
    finally:
        if server.runs():
            server.stop()
    print(*done.faults[:20], sep="\n")
    print(f"seed {seed}, lives {first} to {first + lives - 1}:", done.line())
    return 1 if done.faults or done.lives < lives else 0


if __name__ == "__main__":
    raise SystemExit(main())
