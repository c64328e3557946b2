"""The fire at length: 10^7 frames for each parser; writes docs/fuzz.md; status 1 when one does what it must not.

It may be ended at any moment and goes on from there; what was fired at a parser that changed since counts no more.
"""

import argparse
import logging
import os
import signal
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from fuzzing.figures import Figures, Slice, code_of, together
from fuzzing.fire import TARGETS, fire
from fuzzing.mutants import MUTANTS
from fuzzing.target import Broken, Target

ROOT = Path(__file__).resolve().parents[2]
PAPER = ROOT / "docs" / "fuzz.md"
FIGURES = ROOT / "build" / "fuzz.jsonl"
SLICE = 200_000
"""Frames of one seed."""
HANG_S = 10
"""Seconds of the processor in which a batch has to end."""
MOST_GROWTH = 32
"""MB a process may grow by within one slice."""

TEXT = """# Parsers under fire

Written by `make fuzz`; do not edit. Frames are made from good ones: left whole, flipped, cut, torn, doubled, joined, or
replaced by noise. Every parser may do only what it documents: no other exception, no more than so many lines of Python
or bytes of memory for a byte, no batch over {hang} s, the same events wherever a stream is split, and the next good
frame is found again. Every good stream is split at every byte.

- date: {date}; {frames:,} frames, {bytes:,} bytes in {minutes:.0f} minutes of one core{short}
- broken: {broken}; largest process: {memory} MB
- `code` names the source text of the parser; a run goes on where it was ended, and anew for a parser that changed

| parser | frames | seeds | bytes | seconds | frames/s | most memory for a batch | largest process | code | broken |
|---|---|---|---|---|---|---|---|---|---|
{rows}

The short form in `make test` throws 10^5 frames at each parser.

| mistake made in the parser | seen after | as |
|---|---|---|
{mutants}
"""


def main() -> int:
    """Fire what is missing, parser by parser, and write the paper."""
    parser = argparse.ArgumentParser(description="Throw broken frames at every parser of outside bytes.")
    parser.add_argument("--frames", type=int, default=10_000_000, help="frames for each parser")
    parser.add_argument("--minutes", type=float, default=120.0, help="after so long what was begun is ended")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--only", action="append", help="only parsers whose name has this in it; may be said again")
    arguments = parser.parse_args()
    _set_up()
    figures = Figures(FIGURES)
    deadline = time.monotonic() + arguments.minutes * 60
    wanted = arguments.only or [""]
    missing = [  # also names the code of every parser as it is loaded now
        (at, seed)
        for at, seed in _missing(figures, arguments.frames)
        if any(each in TARGETS[at].name for each in wanted)
    ]
    with ProcessPoolExecutor(arguments.workers, initializer=_set_up) as pool:
        size = min(SLICE, arguments.frames)
        for done in as_completed([pool.submit(_slice, at, size, seed, deadline) for at, seed in missing]):
            if (found := done.result()) is not None:
                figures.add(found)
    text = _text(figures, arguments.frames)
    print(text)
    PAPER.write_text(text, encoding="utf-8")
    return 1 if any(each.fired.broken for target in TARGETS for each in figures.of(target)) else 0


def _missing(figures: Figures, frames: int) -> Iterator[tuple[int, int]]:
    """Yield the number of a parser and a seed for every slice that was not fired yet."""
    for at, target in enumerate(TARGETS):
        fired = {each.seed for each in figures.of(target) if each.fired.frames >= min(SLICE, frames)}
        yield from ((at, seed) for seed in range(1, 1 + -(-frames // SLICE)) if seed not in fired)


def _slice(number: int, frames: int, seed: int, deadline: float) -> Slice | None:
    """Fire one slice; None when the time is over."""
    if time.monotonic() > deadline:
        return None
    kind = TARGETS[number]
    code, before = code_of(kind), _memory()
    fired = fire(kind(), frames, seed, partial(signal.setitimer, signal.ITIMER_PROF, HANG_S))
    signal.setitimer(signal.ITIMER_PROF, 0)
    grown = _memory() - before
    if grown > MOST_GROWTH:
        fired = fired.but(f"seed {seed}: grew {grown} MB")
    print(f"{fired.name}: seed {seed}, {fired.frames} frames, {fired.rate:.0f}/s, {fired.broken}", flush=True)
    return Slice(code, seed, _memory(), fired)


def _text(figures: Figures, wanted: int) -> str:
    stood = {target: figures.of(target) for target in TARGETS}
    every = [each for slices in stood.values() for each in slices]
    whole = together("", every)
    short = [target.name for target, slices in stood.items() if together("", slices).frames < wanted]
    return TEXT.format(
        hang=HANG_S,
        date=datetime.now(UTC).date(),
        frames=whole.frames,
        bytes=whole.bytes,
        minutes=whole.seconds / 60,
        short=f"; below {wanted:,} yet: {' – '.join(short)}" if short else "",
        broken=sum(any(each.fired.broken for each in slices) for slices in stood.values()),
        memory=max((each.memory for each in every), default=0),
        rows="\n".join(_row(target, slices) for target, slices in stood.items()),
        mutants="\n".join(_mutants()),
    )


def _row(target: type[Target], slices: list[Slice]) -> str:
    all_ = together(target.name, slices)
    memory = max((each.memory for each in slices), default=0)
    seeds = f"1–{max(each.seed for each in slices)}" if slices else "–"
    return (
        f"| {all_.name} | {all_.frames:,} | {seeds} | {all_.bytes:,} | {all_.seconds:,.0f} | {all_.rate:,.0f} "
        f"| {all_.peak:,} B | {memory} MB | {code_of(target)} | {all_.broken or 'no'} |"
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
