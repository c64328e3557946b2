"""What a long fire found so far, a line for each slice: it goes on where it was ended while a parser stays the same."""

import hashlib
import inspect
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from fuzzing.fire import Fired
from fuzzing.target import Target


@dataclass(frozen=True)
class Slice:
    """One seed thrown at one parser; ``code`` names its source text, ``memory`` is the process's most, in MB."""

    code: str
    seed: int
    memory: int
    fired: Fired


class Figures:
    """The file of slices; only whole lines count, so that a run may be ended at any moment."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, slice_: Slice) -> None:
        """Write a slice down."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(slice_)) + "\n")

    def of(self, target: type[Target]) -> list[Slice]:
        """Return the slices of a parser as it is now, one a seed, by seed."""
        code = code_of(target)
        found = {each.seed: each for each in self._all() if (each.fired.name, each.code) == (target.name, code)}
        return [found[seed] for seed in sorted(found)]

    def _all(self) -> list[Slice]:
        if not self._path.exists():
            return []
        lines = self._path.read_text(encoding="utf-8").splitlines()
        read = [json.loads(line) for line in lines if line.endswith("}}")]
        return [Slice(**{**each, "fired": Fired(**each["fired"])}) for each in read]


@cache
def code_of(target: type[Target]) -> str:
    """Return the name of a parser's source text as this process loaded it: it changes whenever a module of it does."""
    text = "".join(inspect.getsource(part) for part in target.code)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def together(name: str, slices: Sequence[Slice]) -> Fired:
    """Return what all slices of a parser come to."""
    fired = [each.fired for each in slices]
    return Fired(
        name,
        sum(each.frames for each in fired),
        sum(each.bytes for each in fired),
        sum(each.seconds for each in fired),
        max((each.peak for each in fired), default=0),
        "; ".join(each.broken for each in fired if each.broken) or None,
    )
