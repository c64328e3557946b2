"""Throws frames at a target and reports how many it took; a failure names the seed and the batch it can be had from."""

import random
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from fuzzing.display import DisplayFrames
from fuzzing.keypads import KeypadKeys
from fuzzing.limits import ends_within, peak_memory
from fuzzing.messages import Enrolments, Pushes, ServerAnswers
from fuzzing.mutate import Mutator
from fuzzing.printers import EscPos, PrinterAnswers
from fuzzing.programs import HelperAnswers, TokenAnswers
from fuzzing.reader import CardTexts, ReaderFrames
from fuzzing.scans import ScannedTexts, ScannerBytes
from fuzzing.target import Broken, Target

BATCH = 64
CHECKED_EVERY = 16
"""So often a batch is also split, and the parser must recover from it."""
MEASURED_EVERY = 400
"""So often the lines and the memory of a batch are counted, which makes it slow."""
BASE_LINES, BASE_MEMORY = 20_000, 1 << 20

TARGETS: tuple[type[Target], ...] = (
    ReaderFrames,
    CardTexts,
    DisplayFrames,
    KeypadKeys,
    ServerAnswers,
    Enrolments,
    Pushes,
    PrinterAnswers,
    EscPos,
    ScannerBytes,
    ScannedTexts,
    HelperAnswers,
    TokenAnswers,
)


@dataclass(frozen=True)
class Fired:
    """How a target stood: frames and bytes it took, seconds of the processor, and the most memory a batch needed."""

    name: str
    frames: int
    bytes: int
    seconds: float
    peak: int
    broken: str | None

    @property
    def rate(self) -> float:
        """Frames a second."""
        return self.frames / self.seconds if self.seconds else 0.0

    def but(self, broken: str) -> "Fired":
        """Return the same with what broke outside the parser, unless the parser broke before."""
        return replace(self, broken=self.broken or broken)


def fire(target: Target, frames: int, seed: int, watch: Callable[[], object] = lambda: None) -> Fired:
    """Throw at least so many frames, in batches; the first batch that breaks something ends it.

    ``watch`` is called before every batch: it may raise from a signal when the one before does not end.
    """
    began = time.process_time()
    mutator, dice = Mutator(target.corpus, seed), random.Random(seed)
    thrown = total = peak = number = 0
    try:
        target.check_good()
        while thrown < frames:
            watch()
            batch = mutator.frames(BATCH)
            size = sum(map(len, batch))
            if number % MEASURED_EVERY == 0:
                peak = max(peak, _measure(target, batch, size))
            elif number % CHECKED_EVERY == 0:
                target.check(batch, dice)
            else:
                target.swallow(batch)
            thrown, total, number = thrown + BATCH, total + size, number + 1
    except Exception as error:  # noqa: BLE001 - whatever a parser raises is what is looked for
        broken = f"seed {seed}, batch {number}: {_told(error)}"
    else:
        broken = None
    return Fired(target.name, thrown, total, time.process_time() - began, peak, broken)


def _measure(target: Target, batch: list[bytes], size: int) -> int:
    act = partial(target.swallow, batch)
    if not ends_within(act, BASE_LINES + target.lines_a_byte * size):
        raise Broken(f"over {target.lines_a_byte} lines of Python for one byte")
    peak = peak_memory(act)
    if peak > BASE_MEMORY + target.memory_a_byte * size:
        raise Broken(f"{peak} bytes of memory for {size}")
    return peak


def _told(error: Exception) -> str:
    if isinstance(error, Broken):
        return str(error)
    where = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {where.name}"
