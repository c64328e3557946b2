"""Breaks one line of the product at a time and shows that the rule's tests see it: the body of ``make mutants``.

A mutant is a TOML file beside this one: the rule, the file, the text found exactly once, what is put there, the tests.
Every mutant runs in a copy of the tracked tree; the tree itself is never touched.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
LIMIT_S = 300


@dataclass(frozen=True)
class Mutant:
    """One broken line and the tests that must see it."""

    name: str
    rule: str
    what: str
    file: str
    find: str
    put: str
    tests: tuple[str, ...]

    @classmethod
    def read(cls, path: Path) -> "Mutant":
        """Read one.

        Raises:
            ValueError: a key is missing, or the text is not there exactly once.
        """
        try:
            raw = tomllib.loads(path.read_text("utf-8"))
            mutant = cls(path.stem, raw["rule"], raw["what"], raw["file"], raw["find"], raw["put"], tuple(raw["tests"]))
        except (KeyError, tomllib.TOMLDecodeError) as missing:
            raise ValueError(f"{path.name}: {missing}") from missing
        if (count := (ROOT / mutant.file).read_text("utf-8").count(mutant.find)) != 1:
            raise ValueError(f"{path.name}: its text stands {count} times in {mutant.file}; make it unique")
        if not mutant.tests:
            raise ValueError(f"{path.name}: names no test")
        return mutant


@dataclass(frozen=True)
class Verdict:
    """How a mutant ended: killed by its tests, or still alive."""

    mutant: Mutant
    killed: bool
    seconds: float
    word: str

    def line(self) -> str:
        """One row of the table."""
        state = "killed" if self.killed else "ALIVE "
        return f"{self.mutant.rule:5} {state} {self.seconds:6.1f} s  {self.mutant.what}  {self.word}"


def main() -> int:
    """Run the named mutants, or all; the status is 1 when one lives or the tests are red without it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="names of files beside this one, without .toml")
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    paths = sorted(HERE.glob("*.toml"))
    mutants = [Mutant.read(path) for path in paths if not asked.names or path.stem in asked.names]
    tests = sorted({test for mutant in mutants for test in mutant.tests})
    with _copy() as tree:
        if (sound := _pytest(tree, tests)) != 0:
            print(f"the tests are not green without a mutant (status {sound})")
            return 1
    with ThreadPoolExecutor(asked.jobs) as pool:
        verdicts = list(pool.map(_try, mutants))
    print("\n".join(verdict.line() for verdict in verdicts))
    alive = [verdict.mutant.name for verdict in verdicts if not verdict.killed]
    print(f"{len(verdicts) - len(alive)} of {len(verdicts)} mutants killed", *(["alive:", *alive] if alive else []))
    return 1 if alive else 0


def _try(mutant: Mutant) -> Verdict:
    began = time.monotonic()
    with _copy() as tree:
        broken = tree / mutant.file
        broken.write_text(broken.read_text("utf-8").replace(mutant.find, mutant.put), "utf-8")
        status = _pytest(tree, mutant.tests)
    word = (
        "" if status in {0, 1} else f"(pytest ended with {status}: the mutant must fail a test, not break the import)"
    )
    return Verdict(mutant, status == 1, time.monotonic() - began, word)


def _pytest(tree: Path, tests: "tuple[str, ...] | list[str]") -> int:
    environment = {
        **os.environ,
        "PYTHONPATH": str(tree),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    done = subprocess.run(command, cwd=tree, env=environment, check=False, capture_output=True, timeout=LIMIT_S)
    return done.returncode


class _copy:  # noqa: N801 - reads as a verb in a with statement
    """A copy of what git tracks or would track, gone afterwards."""

    def __enter__(self) -> Path:
        self._home = tempfile.TemporaryDirectory(prefix="mutant-")
        home = Path(self._home.name)
        for name in _tracked():
            if (source := ROOT / name).is_file():
                (home / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, home / name)
        return home

    def __exit__(self, *_: object) -> None:
        self._home.cleanup()


def _tracked() -> Iterator[str]:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout
    return (name for name in listed.decode("utf-8").split("\0") if name)


if __name__ == "__main__":
    raise SystemExit(main())
