"""The fire at length: 10^7 frames for each parser; writes docs/fuzz.md; status 1 when one does what it must not."""

import argparse
import logging
import os
import signal
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from fuzzing.fire import TARGETS, Fired, fire
from fuzzing.mutants import MUTANTS
from fuzzing.target import Broken

PAPER = Path(__file__).resolve().parents[2] / "docs" / "fuzz.md"
SLICE = 200_000
"""Frames of one seed; the slices of the parsers take turns."""
HANG_S = 30
MOST_GROWTH = 32 << 20
"""Bytes a process may grow by between its first slice of a parser and its last."""

TEXT = """# Parsers under fire

Written by `make fuzz`; do not edit. Frames are made from good ones: left whole, flipped, cut, torn, doubled, joined, or
replaced by noise. Every parser may do only what it documents: no other exception, no more than so many lines of Python
or bytes of memory for a byte, the same events wherever a stream is split, and the next good frame is found again.

- date: {date}; {frames:,} frames, {bytes:,} bytes in {minutes:.0f} minutes on {cores} cores{short}
- broken: {broken}; largest process: {memory} MB

| parser | frames | bytes | frames/s of one core | most memory for a batch | broken |
|---|---|---|---|---|---|
{rows}

The short form in `make test` throws 10^5 frames at each parser of bytes of a device, and 2 × 10^4 at the display's
simulator and at each parser of the network.

| mistake made in the parser | seen after | as |
|---|---|---|
{mutants}
"""


def main() -> int:
    parser = argparse.ArgumentParser(description="Throw broken frames at every parser of outside bytes.")
    parser.add_argument("--frames", type=int, default=10_000_000, help="frames for each parser")
    parser.add_argument("--minutes", type=float, default=120.0, help="after so long what was begun is ended")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    arguments = parser.parse_args()
    _set_up()
    began = time.monotonic()
    deadline = began + arguments.minutes * 60
    slices = [(number, seed) for seed in range(1, 1 + -(-arguments.frames // SLICE)) for number in range(len(TARGETS))]
    with ProcessPoolExecutor(arguments.workers, initializer=_set_up) as pool:
        size = min(SLICE, arguments.frames)
        asked = [pool.submit(_slice, number, size, seed, deadline) for number, seed in slices]
        found = [(number, *each.result()) for (number, _), each in zip(slices, asked, strict=True)]
    fired = [_together([each for at, each, _ in found if at == number]) for number in range(len(TARGETS))]
    text = _text(arguments.frames, fired, (time.monotonic() - began) / 60, max(memory for _, _, memory in found))
    print(text)
    PAPER.write_text(text, encoding="utf-8")
    return 1 if any(each.broken for each in fired) else 0


def _slice(number: int, frames: int, seed: int, deadline: float) -> tuple[Fired, int]:
    """Fire one slice, or nothing when the time is over; with the most memory this process ever had, in MB."""
    target = TARGETS[number]()
    if time.monotonic() > deadline:
        return Fired(target.name, 0, 0, 0.0, 0, None), _memory()
    before = _memory()
    fired = fire(target, frames, seed, partial(signal.setitimer, signal.ITIMER_PROF, HANG_S))
    signal.setitimer(signal.ITIMER_PROF, 0)
    grown = _memory() - before
    if grown > MOST_GROWTH >> 20 and fired.broken is None:
        fired = Fired(fired.name, fired.frames, fired.bytes, fired.seconds, fired.peak, f"seed {seed}: grew {grown} MB")
    print(f"{fired.name}: seed {seed}, {fired.frames} frames, {fired.rate:.0f}/s, {fired.broken}", flush=True)
    return fired, _memory()


def _together(slices: Sequence[Fired]) -> Fired:
    return Fired(
        slices[0].name,
        sum(each.frames for each in slices),
        sum(each.bytes for each in slices),
        sum(each.seconds for each in slices),
        max(each.peak for each in slices),
        "; ".join(each.broken for each in slices if each.broken) or None,
    )


def _text(wanted: int, fired: Sequence[Fired], minutes: float, memory: int) -> str:
    rows = [
        f"| {each.name} | {each.frames:,} | {each.bytes:,} | {each.rate:,.0f} | {each.peak:,} | {each.broken or 'no'} |"
        for each in fired
    ]
    cut_short = any(each.frames < wanted for each in fired)
    return TEXT.format(
        date=datetime.now(UTC).date(),
        frames=sum(each.frames for each in fired),
        bytes=sum(each.bytes for each in fired),
        minutes=minutes,
        cores=os.cpu_count(),
        short=f"; the time was over before {wanted:,} each" if cut_short else "",
        broken=sum(each.broken is not None for each in fired),
        memory=memory,
        rows="\n".join(rows),
        mutants="\n".join(_mutants()),
    )


def _mutants() -> list[str]:
    rows = []
    for name, (kind, mutant) in MUTANTS.items():
        target = kind()
        with mutant():
            fired = fire(target, SLICE, seed=1)
        rows.append(f"| {name} | {fired.frames:,} frames | {fired.broken or '**not seen**'} |")
    return rows


def _memory() -> int:
    """The most memory this process ever had, in MB."""
    import resource  # noqa: PLC0415 - there is none on Windows, where the fire is not lit

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def _set_up() -> None:
    """An answer that is none is worth a warning at a counter, and an everyday thing here."""
    logging.disable(logging.CRITICAL)
    signal.signal(signal.SIGPROF, _hang)


def _hang(_signal: int, _frame: object) -> None:
    raise Broken(f"a batch does not end in {HANG_S} s of the processor")


if __name__ == "__main__":
    sys.exit(main())
