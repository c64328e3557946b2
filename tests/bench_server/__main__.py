"""``make bench-server``: the product on PostgreSQL beside what the same machine does without it, all in one run."""

import asyncio
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import ground
from clients import Day, counters
from cpu import of_servers
from echo import echoed
from figures import Figure, median, percentile
from load import SIZE, STREAMS, TOGETHER, Load, Measured
from raw import recorded
from report import keep_server, table

ROUNDS = 8
LEAST_SINGLE, LEAST_BATCH, MOST_TOGETHER = 0.5, 0.4, 10
MOST_HINT_MS = 300.0
"""From the request for a number to the hint at the last of the listeners."""
TWICE = "SELECT count(*) FROM (SELECT 1 FROM ticket WHERE calls > 0 GROUP BY number, business_date HAVING count(*) > 1)"


def figures(measured: Measured, twice: int) -> list[Figure]:
    """Return the table; a gate that asks for at least so much is told as its inverse, at most so much."""
    echo, raw = measured.rate("echo"), measured.rate("raw")
    alone, together = median(measured.ms["alone"]), percentile(measured.ms["together"], 0.99)
    hints = measured.ms["hint"]

    def beside(what: str, standard: float, least: float) -> list[Figure]:
        rate = measured.rate(what)
        return [
            Figure(f"{what}, a second", rate, "/s"),
            Figure(
                f"{what}: the standard is faster by", standard / rate, "×", 1 / least, f"gate: ≥ {least} × standard"
            ),
        ]

    return [
        Figure("generator against an echo without commit", measured.rate("plain"), "/s"),
        Figure("standard: echo + commit", echo, "/s", None, f"{measured.done['echo']:,} requests, 64 connections"),
        *beside("push", echo, LEAST_SINGLE),
        *beside("call", echo, LEAST_SINGLE),
        Figure("standard: raw statements", raw, "ops/s", None, f"batches of {SIZE}, the product's own writes"),
        *beside("batch", raw, LEAST_BATCH),
        Figure("numbers given twice", len(measured.issued) - len(set(measured.issued)), "", 0, "64 clients"),
        Figure("numbers called twice", len(measured.called) - len(set(measured.called)) + twice, "", 0, "64 windows"),
        Figure("a call alone, median", alone, "ms"),
        Figure(f"{TOGETHER} calls together, p99", together, "ms", MOST_TOGETHER * alone, f"{MOST_TOGETHER} × alone"),
        Figure("empty pull, a second", measured.rate("empty pull"), "/s"),
        *(
            Figure(f"{what}: processor for one", measured.cpu_ms(what), "ms", None, "servers and PostgreSQL")
            for what in ("plain", "echo", "push", "call", "alone", "batch", "empty pull")
        ),
        Figure(f"hint at {STREAMS} streams, p50", median(hints), "ms", None, f"{len(hints):,} hints"),
        Figure(f"hint at {STREAMS} streams, p99", percentile(hints, 0.99), "ms", MOST_HINT_MS),
    ]


def main(rounds: int = ROUNDS) -> int:
    """Furnish the databases, take the turns, look at what is held then; the status says if the gates hold."""
    with ground.postgres() as here:
        url = here.create("hall")
        with ground.opened(url) as storage:
            ground.furnish(storage)
            pushing = counters(storage)
        recording, _ = ground.copied(here, "hall", "recording"), ground.copied(here, "hall", "raw")
        with ground.opened(recording) as storage:
            again, day = counters(storage), Day(8)
            batches = recorded(storage, [(each, day.citizens(each, SIZE)) for _ in range(rounds) for each in again])
        with ground.served(url) as served, echoed(here.create("echo")) as echo, here.connect("hall") as hall:
            load = Load(
                served.port, echo, pushing, batches, lambda: here.connect("raw"), hall, rounds, of_servers(hall)
            )
            measured = asyncio.run(load.run())
            [twice] = hall.execute(TWICE).fetchone() or [0]
    found = figures(measured, twice)
    quiet = f"load average at the end: {os.getloadavg()[0]:.1f}"
    told = f"PostgreSQL 18, 2 server processes, generator on the same {os.cpu_count()} cores; {rounds} rounds; {quiet}"
    print(table(found), told, sep="\n\n")
    keep_server(f"{datetime.now(UTC).date().isoformat()}, {told}\n\n{table(found)}")
    failed = [each.name for each in found if not each.passed]
    if failed:
        print("gates failed:", *failed, sep="\n  ")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS))
