"""Counters and the server are killed with SIGKILL, over and over; the body of ``make fire-kills`` and of its test."""

import random
import signal
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1]), str(HERE.parent / "integration")]

import http_server  # noqa: E402 - test folders are no packages
from observer import Workers, counter_faults, server_faults  # noqa: E402

LOOK_EVERY = 100
"""Lives after which the store is held to what was said, beside the end."""


@dataclass
class Killed:
    """What a run did and what was wrong."""

    counter: int = 0
    server: int = 0
    seconds: float = 0.0
    accepted: int = 0
    operations: int = 0
    faults: list[str] = field(default_factory=list)

    def line(self) -> str:
        return (
            f"{self.counter} kills of the counter, {self.server} of the server, {self.accepted} acceptances said, "
            f"{self.operations} operations acknowledged by the server, {self.seconds:.0f} s, {len(self.faults)} faults"
        )


def kills(server: http_server.Server, folder: Path, lives: int, seed: int, server_every: int) -> Killed:
    """Kill a working counter ``lives`` times, and the server once in ``server_every`` lives while the counter works.

    The counter outlives every other server; when it does not, both are gone at once, and it dies once more.
    """
    chance, done, began = random.Random(seed), Killed(), time.monotonic()
    port = server.url.rsplit(":", 1)[1].strip("/")
    workers = Workers(folder, server.url, server.credentials["tokens"]["A01"])
    try:
        for life in range(1, lives + 1):
            workers.begin()
            if life % server_every == 0:
                workers.until("acked")
                workers.listen(chance.uniform(0, 0.05))
                server.stop(signal.SIGKILL)
                done.server += 1
                workers.listen(chance.uniform(0, 0.2))
                if chance.random() < 0.5:
                    workers.listen(chance.uniform(0, 0.1))
                    workers.kill()
                    server.start("--port", port)
                    workers.begin()
                    done.counter += 1
                else:
                    server.start("--port", port)
            if chance.random() < 0.5:
                workers.until(chance.choice(("accepted", "walked_in", "finished")))
            workers.listen(chance.uniform(0, 0.12))
            workers.kill()
            done.counter += 1
            if life % LOOK_EVERY == 0:
                done.faults += counter_faults(folder, workers.said)
        workers.begin("calm")
        workers.until("equal")
        workers.until("ended")
        server.stop()
        done.faults += counter_faults(folder, workers.said) + server_faults(server.data, folder, workers.said)
    finally:
        workers.stop()
    done.accepted, done.operations = len(workers.said.accepted), workers.said.acked
    done.seconds = time.monotonic() - began
    return done


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
    """``kills.py FOLDER LIVES SEED``: one line of figures; the status is 1 when anything was wrong."""
    folder, lives, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    (folder / "server").mkdir(parents=True)
    server = http_server.Server(folder / "server").start()
    try:
        done = kills(server, folder / "counter", lives, seed, server_every=25)
    finally:
        if server.runs():
            server.stop()
    print(done.line())
    print("\n".join(done.faults[:20]))
    return 1 if done.faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
