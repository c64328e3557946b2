"""Processes that are made to die: forked from one that has loaded everything, each lives until its byte.

Run as a program it reads one order a line and answers with the status of the child that carried it out.
"""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Self

CLAIMED, ANSWERED = "claimed, no byte handed over", "answered, not yet marked"
MOMENTS = (CLAIMED, ANSWERED)
"""Between two bytes, but not at one: after the job was marked as being sent, and before it is marked as printed."""
LIFE_S = 60
"""No child lives longer, whatever happens."""


class Nursery:
    """The process all victims are forked from. It has no threads of its own, so that a fork is sound."""

    def __init__(self) -> None:
        folder = Path(__file__).parents[1]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), str(folder.parents[1])])}
        command = [sys.executable, "-m", "every_byte.nursery"]
        self._process = subprocess.Popen(
            command, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def live_and_die(self, store: Path, url: str, at: int | str) -> None:
        """Let a counter send from that store until it is killed at that point."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([str(store), url, at]) + "\n")
        self._process.stdin.flush()
        ended = self._process.stdout.readline().strip()
        assert ended == str(-signal.SIGKILL), f"it was to be killed at {at} and ended with {ended}"


def main() -> None:
    """Fork a victim for every order."""
    from every_byte import victim  # noqa: PLC0415 - the parent of the nursery has no use for it

    victim.warm_up()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            signal.alarm(LIFE_S)
            victim.live(*json.loads(line))
            os._exit(1)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
