"""``make bombard``: malformed requests by the hundred thousand; none is answered 5xx, and nothing stays open."""

import asyncio
import json
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import ground
import psutil
from malformed import Malformed, Sent
from wire import burst, lines, request

COUNT = 100_000
LINES = 24
"""Senders at a time."""
WAIT_S = 0.2
"""How long one that may get no answer waits for one before it hangs up."""
PAUSE_S = 0.02
"""Between the pieces of a slow sender."""
SETTLE_S = 40.0
"""In which every line is closed at the server: it keeps an idle one for 30 seconds."""


POOLED = 100
"""Files that connections to the database are, two processes with 16 at most; they stay open and are no leak."""
OPEN_STILL = "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'"


@dataclass
class Outcome:
    """How many answers of each status (0: none), and the requests that were answered 5xx."""

    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[bytes] = field(default_factory=list)


async def bombard(port: int, sent: list[Sent]) -> Outcome:
    """Send them all, each on a line of its own, which is hung up after the first answer."""
    outcome, waiting = Outcome(), iter(sent)

    async def share() -> None:
        for each in waiting:
            status = await _one(port, each)
            outcome.statuses[status] += 1
            if status >= 500:
                outcome.faults.append(each.data)

    await asyncio.gather(*(share() for _ in range(LINES)))
    return outcome


async def _one(port: int, sent: Sent) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        await _write(writer, sent)
        async with asyncio.timeout(WAIT_S if sent.cut else 60):
            line = await reader.readline()
        return int(line.split()[1]) if line.startswith(b"HTTP/") else 0
    except ConnectionError:
        assert sent.cut or sent.pieces > 1, sent.data  # who is refused while still sending may not hear why
        return 0
    except TimeoutError:
        assert sent.cut, sent.data  # a whole request is answered
        return 0
    finally:
        writer.transport.abort()


async def _write(writer: asyncio.StreamWriter, sent: Sent) -> None:
    size = -(-len(sent.data) // sent.pieces) or 1
    for at in range(0, len(sent.data), size):
        writer.write(sent.data[at : at + size])
        if sent.pieces > 1:
            await asyncio.sleep(PAUSE_S)


def description(port: int) -> dict[str, object]:
    """Return what the server says of its endpoints."""

    async def ask() -> bytes:
        over = await lines(port, 1)
        _, [body] = await burst(over, [request("GET", "/schema/openapi.json", ground.token(ground.MANAGER))], 200)
        over[0].close()
        return body

    said: dict[str, object] = json.loads(asyncio.run(ask()))
    return said


def held(pid: int) -> dict[str, int]:
    """Return what the processes of the server hold open: lines to clients, and everything else."""
    root = psutil.Process(pid)
    family = [root, *root.children(recursive=True)]
    talking = sum(each.status == psutil.CONN_ESTABLISHED for one in family for each in one.net_connections("tcp"))
    return {"lines": talking, "files": sum(each.num_fds() for each in family)}


def settled(pid: int, before: dict[str, int], more: int) -> dict[str, int]:
    """Wait until no more is held than before and ``more`` files, or for ``SETTLE_S``; return what is held then."""
    until = time.monotonic() + SETTLE_S
    while (now := held(pid))["lines"] > before["lines"] or now["files"] > before["files"] + more:
        if time.monotonic() > until:
            break
        time.sleep(0.2)
    return now


def shelled(pid: int, port: int, made: Malformed, count: int) -> list[str]:
    """Send so many; return what is wrong afterwards, a line each."""
    before = held(pid)
    outcome = asyncio.run(bombard(port, [made.one() for _ in range(count)]))
    after = settled(pid, before, POOLED)
    told = ", ".join(f"{status or 'no answer'}: {n:,}" for status, n in sorted(outcome.statuses.items()))
    print(f"{count:,} requests: {told}; held before {before}, after {after}", flush=True)
    wrong = [f"answered 5xx: {each!r}" for each in outcome.faults]
    most = {"lines": before["lines"], "files": before["files"] + POOLED}
    wrong += [f"more {what} than before" for what in most if after[what] > most[what]]
    return wrong


def main(count: int = COUNT) -> int:
    """Bombard two server processes on PostgreSQL; the status says whether all held."""
    with ground.postgres() as here:
        url = here.create("hall")
        with ground.opened(url) as storage:
            ground.furnish(storage)
        with ground.served(url) as served, here.connect("hall") as hall:
            tokens = [ground.token(each) for each in (ground.KIOSK, ground.MANAGER, *ground.WINDOWS[:4])]
            made = Malformed(7, description(served.port), tokens)
            wrong = shelled(served.process.pid, served.port, made, count)
            [open_still] = hall.execute(OPEN_STILL).fetchone() or [0]
    wrong += ["a transaction is open still"] * open_still
    print(*wrong[:20], sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT))
